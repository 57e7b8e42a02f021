import { useEffect, useRef } from 'react'
import type { Trace, TraceSpan } from '../../../shared/requests.ts'
import type { LoadedTrace } from '../../store/requests.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { clock, number } from '../../ui/format.ts'
import { openTrace } from '../deskState.ts'
import { componentColour } from '../palette.ts'
import { useComponents } from '../useComponents.ts'
import { useGround } from '../useGround.ts'
import styles from './explore.module.css'
import parts from './waterfall.module.css'
import { waterfall } from './waterfall.ts'

const NOTES: Readonly<Record<string, string>> = {
  hit: 'cache hit',
  miss: 'cache miss',
  shared: 'waited for another’s fetch',
  shed: 'turned away',
  refused: 'no room to wait',
  unreachable: 'not reachable',
  'gave-up': 'caller gave up',
  lost: 'lost on the way',
  'no-connection': 'no free connection in time',
  'held-back': 'held back by the caller',
  'breaker-open': 'breaker open, not sent',
  fallback: 'went on without it',
}

/** One request from its client to the last component, part by part along its time. */
export function TraceView({
  open,
  onClose,
}: {
  readonly open: Exclude<LoadedTrace, { state: 'none' }>
  readonly onClose: () => void
}) {
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  return (
    <div className={styles.trace}>
      <Button
        size="small"
        ref={back}
        onClick={onClose}
        onKeyDown={(e) => {
          if (e.key === 'Escape') onClose()
        }}
      >
        Back to all requests
      </Button>
      {open.state === 'ready' ? (
        <Waterfall trace={open.trace} />
      ) : open.state === 'loading' ? (
        <Spinner label="Fetching the trace…" />
      ) : open.state === 'gone' ? (
        <EmptyState
          icon="search"
          title="This request is not kept"
          text="Only some requests are sampled, and those for an hour."
        />
      ) : (
        <EmptyState icon="offline" title="The trace could not be fetched">
          <Button onClick={() => openTrace(open.id)}>Try again</Button>
        </EmptyState>
      )}
    </div>
  )
}

function Waterfall({ trace }: { readonly trace: Trace }) {
  const components = useComponents()
  const ground = useGround()
  const { rows, length } = waterfall(trace)
  const percent = (seconds: number) => `${length > 0 ? (seconds / length) * 100 : 0}%`
  const said = (span: TraceSpan) =>
    [
      span.status === 200 ? '' : String(span.status),
      NOTES[span.note] ?? '',
      span.attempt > 1 ? `attempt ${span.attempt}` : '',
      span.running ? 'still running' : '',
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <>
      <h3 className={styles.traceTitle}>
        {trace.source} · {trace.status} · {number(trace.duration, 's')} ·{' '}
        {clock(trace.at - trace.duration * 1000)}
      </h3>
      <p className={styles.quiet}>
        Trace <span className={styles.mono}>{trace.trace}</span>, stands for{' '}
        {number(Math.max(1, Math.round(trace.weight)), 'count')} like it
      </p>
      <ol className={parts.waterfall}>
        {rows.map(({ span, depth }, i) => {
          const left = percent(span.start)
          const name = components.title(span.component)
          const why = said(span)
          return (
            <li key={i} data-failed={span.status === 200 ? undefined : true}>
              <span className={parts.who} style={{ paddingLeft: depth * 12 }}>
                {name}
                <span className={parts.where}>
                  {[span.node, span.version, span.zone].filter(Boolean).join(' · ')}
                </span>
              </span>
              <span className={parts.lane} aria-hidden="true">
                <span
                  className={parts.bit}
                  style={{
                    left,
                    width: percent(span.duration),
                    background: componentColour(components.order(span.component), ground),
                  }}
                />
                {span.wait > 0 && (
                  <span className={parts.waited} style={{ left, width: percent(span.wait) }} />
                )}
              </span>
              <span className={parts.took}>
                {number(span.duration, 's')}
                {span.wait > span.duration * 0.05 && (
                  <span className={styles.quiet}> ({number(span.wait, 's')} waiting)</span>
                )}
                {why !== '' && (
                  <span className={parts.why} data-usual={why === NOTES['hit'] || undefined}>
                    {' '}
                    {why}
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ol>
      <dl className={parts.facts}>
        {trace.attributes.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
