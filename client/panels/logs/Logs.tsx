import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useLogs } from '../../store/logs.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { clock } from '../../ui/format.ts'
import { deskStore, openTrace, useDesk } from '../deskState.ts'
import form from '../form.module.css'
import { Search } from '../Search.tsx'
import { Toggle } from '../Toggle.tsx'
import { useComponents } from '../useComponents.ts'
import { filterLogs, LEVELS, visibleRows, type Level } from './filterLogs.ts'
import styles from './logs.module.css'

/** The height of a row in CSS pixels; the stylesheet says the same. */
const ROW = 20
const WORDS: Readonly<Record<Level, string>> = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' }

function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const row = event.currentTarget
  const next = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key]
  if (!(next instanceof HTMLElement)) return
  event.preventDefault()
  next.focus()
}

/** The log of the simulated system, newest last; it follows unless one scrolls up. Only the rows in sight are drawn. */
export function Logs() {
  const lines = useLogs()
  const components = useComponents()
  const component = useDesk((s) => s.logComponent)
  const [text, setText] = useState('')
  const [level, setLevel] = useState<Level>('debug')
  const [follow, setFollow] = useState(true)
  const [view, setView] = useState({ scroll: 0, height: 600 })
  const [opened, setOpened] = useState<number | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const wanted = useDeferredValue(text)
  const found = useMemo(
    () => filterLogs(lines, { text: wanted, level, component }),
    [lines, wanted, level, component],
  )
  const { from, to } = visibleRows({ ...view, row: ROW, count: found.length })

  useEffect(() => {
    const element = box.current
    if (!element) return
    const resized = new ResizeObserver(() =>
      setView({ scroll: element.scrollTop, height: element.clientHeight }),
    )
    resized.observe(element)
    return () => resized.disconnect()
  }, [])
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [follow, found])

  const line = found.find((l) => l.n === opened)
  // One row can be reached with Tab; the arrows go on from there.
  const reach = line?.n ?? found[to - 1]?.n
  return (
    <section className={styles.logs} aria-label="Logs">
      <div className={styles.tools} role="search">
        <Search label="Search the logs" value={text} onChange={setText} />
        <label>
          <span className={styles.label}>Level</span>
          <select
            className={form.input}
            value={level}
            onChange={(e) => setLevel(LEVELS.find((l) => l === e.target.value) ?? 'debug')}
          >
            {LEVELS.map((l) => (
              <option key={l} value={l}>
                {l === 'debug' ? 'all' : l === 'error' ? 'error' : `${l} and above`}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className={styles.label}>Component</span>
          <select
            className={form.input}
            value={component ?? ''}
            onChange={(e) =>
              deskStore.setState({ logComponent: e.target.value === '' ? null : e.target.value })
            }
          >
            <option value="">all</option>
            {components.list.map((c) => (
              <option key={c.id} value={c.id}>
                {c.title}
              </option>
            ))}
          </select>
        </label>
        <Toggle pressed={follow} onPress={() => setFollow(!follow)}>
          Follow
        </Toggle>
        <span className={styles.count}>{found.length} lines</span>
      </div>
      {lines.length === 0 ? (
        <EmptyState icon="logs" title="No log lines" text="The components have said nothing yet." />
      ) : found.length === 0 ? (
        <EmptyState icon="search" title="No line matches" text="Take a word away or lower the level." />
      ) : null}
      <div
        ref={box}
        className={styles.box}
        hidden={found.length === 0}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label="Log lines, newest last"
        onScroll={(e) => {
          const { scrollTop, scrollHeight, clientHeight } = e.currentTarget
          setView({ scroll: scrollTop, height: clientHeight })
          setFollow(scrollHeight - scrollTop - clientHeight < ROW)
        }}
      >
        <div className={styles.rows} style={{ height: found.length * ROW }}>
          {found.slice(from, to).map((l, i) => (
            <button
              key={l.n}
              type="button"
              tabIndex={l.n === reach ? 0 : -1}
              onKeyDown={moveFocus}
              className={styles.row}
              data-level={l.level}
              data-open={l.n === opened || undefined}
              style={{ top: (from + i) * ROW }}
              onClick={() => setOpened(l.n)}
            >
              <span className={styles.time}>{clock(l.at)}</span>
              <span className={styles.level}>{WORDS[l.level]}</span>
              <span className={styles.component}>{l.component}</span>
              <span className={styles.text}>{l.text}</span>
            </button>
          ))}
        </div>
      </div>
      {line && (
        <div className={styles.whole}>
          <p>
            {clock(line.at)} {WORDS[line.level]} {components.title(line.component)}
          </p>
          <p>{line.text}</p>
          {line.trace !== undefined && (
            <Button size="small" onClick={() => openTrace(line.trace ?? '')}>
              Open the trace of this request
            </Button>
          )}
          <Button size="small" kind="quiet" onClick={() => setOpened(null)}>
            Close
          </Button>
        </div>
      )}
    </section>
  )
}
