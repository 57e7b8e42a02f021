import { useId, useState } from 'react'
import { seriesOf } from '../../store/telemetry.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Status } from '../../ui/Status.tsx'
import { clock, duration } from '../../ui/format.ts'
import { normalOf, telemetryNow } from '../telemetryNow.ts'
import type { BoardPanel } from './Chart.tsx'
import { bandsOf, type Band } from './bands.ts'
import { windowOf } from './boardData.ts'
import { useBoardTime } from './boardTime.ts'
import styles from './figures.module.css'
import boards from './boards.module.css'

/** Narrower than this share of the row, a band has no room for its word; the table says it. */
const ROOM = 0.09
/** The newest changes of state are what one asks for. */
const LISTED = 24

/** A panel of one row per series, in bands of the state it was in: healthy, strained, three instances, past its limit. */
export function StateTimelineFigure({ panel }: { readonly panel: BoardPanel }) {
  const title = useId()
  const [asTable, setAsTable] = useState(false)
  const time = useBoardTime((s) => s)
  const { at } = telemetryNow()
  const window = windowOf({ ...time, newest: at.at(-1) ?? 0 })
  const { unit, threshold } = panel
  const rows = panel.series.map((s) => ({
    ...s,
    bands: bandsOf({
      at,
      column: seriesOf(s.metric),
      window,
      metric: s.metric,
      unit,
      threshold,
      healthyAbove: threshold !== null && usually(s.metric) > threshold,
    }),
  }))
  const span = Math.max(1, window.to - window.from)
  const empty = rows.every((r) => r.bands.every((b) => b.level === 'unknown'))
  return (
    <figure className={boards.figure} style={{ gridColumn: `span ${panel.width}` }} aria-labelledby={title}>
      <figcaption className={boards.caption}>
        <span id={title} className={boards.title}>
          {panel.title}
        </span>
        <IconButton
          size="small"
          icon={asTable ? 'chart' : 'table'}
          label={asTable ? `Show ${panel.title} as bands` : `Show ${panel.title} as a table`}
          onClick={() => setAsTable(!asTable)}
        />
      </figcaption>
      {empty ? (
        <p className={boards.empty}>
          {at.length === 0 ? 'Waiting for the first samples' : 'No data from this source'}
        </p>
      ) : asTable ? (
        <Changes rows={rows} title={panel.title} />
      ) : (
        <div className={styles.lanes} tabIndex={0} role="region" aria-label={`${panel.title} as bands`}>
          {rows.map((r) => (
            <div key={r.metric} className={styles.lane}>
              <span className={styles.laneName} title={r.title}>
                {r.title}
              </span>
              <div className={styles.track} role="img" aria-label={`${r.title}: ${inWords(r.bands)}`}>
                {r.bands.map((b) => (
                  <span
                    key={b.from}
                    className={styles.band}
                    data-level={b.level}
                    title={`${b.word}, ${clock(b.from)} to ${clock(b.to)}`}
                    style={{
                      left: `${((b.from - window.from) / span) * 100}%`,
                      width: `${((b.to - b.from) / span) * 100}%`,
                    }}
                  >
                    {(b.to - b.from) / span > ROOM && b.word}
                  </span>
                ))}
              </div>
            </div>
          ))}
          <div className={styles.ends} aria-hidden="true">
            <span>{clock(window.from)}</span>
            <span>{clock(window.to)}</span>
          </div>
        </div>
      )}
    </figure>
  )
}

/** The middle of what a metric usually is; 0 where nothing is known of the past. */
function usually(metric: string): number {
  const normal = normalOf(metric)
  return normal ? (normal.low + normal.high) / 2 : 0
}

/** The last state, and how long it has held. */
const inWords = (bands: readonly Band[]): string => {
  const last = bands.at(-1)
  return last ? `${last.word} for ${duration(last.to - last.from)}` : 'no data'
}

function Changes({
  rows,
  title,
}: {
  readonly rows: readonly { readonly title: string; readonly bands: readonly Band[] }[]
  readonly title: string
}) {
  const changes = rows
    .flatMap((r) => r.bands.map((b) => ({ ...b, title: r.title })))
    .toSorted((a, b) => b.from - a.from)
    .slice(0, LISTED)
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={`${title} as a table`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Series</th>
            <th scope="col">State</th>
            <th scope="col">For</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((b) => (
            <tr key={`${b.title}/${b.from}`}>
              <td>{clock(b.from)}</td>
              <th scope="row">{b.title}</th>
              <td>
                <Status level={b.level} word={b.word} />
              </td>
              <td>{duration(b.to - b.from)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
