import type { Frame } from '../../shared/frames.ts'
import type { SeatId } from '../../shared/ids.ts'
import { REFUSALS } from '../../shared/refusals.ts'
import { forgetServerWall, noteServerWall } from '../store/clock.ts'
import { addLogs, forgetLogs } from '../store/logs.ts'
import { closeTrace, forgetHeat, forgetRequests } from '../store/requests.ts'
import { atNoTable, tableStore } from '../store/table.ts'
import { appendTelemetry, forgetTelemetry, telemetryStore } from '../store/telemetry.ts'
import { createEvidence } from './evidence.ts'
import { receive, type Known } from './feed.ts'
import { createHistory } from './history.ts'
import { holdLine, openLine, type Line } from './line.ts'
import { outbox } from './send.ts'

const ANSWER_MS = 8000
const KNOCK_AGAIN_MS = 2000

/** Handshake refusals that another try can cure. */
const PASSING: ReadonlySet<string> = new Set(['too-fast', 'internal-error', 'not-stored'])

/** Sits down at a seat: keeps its views, telemetry and logs current until the returned function is called. */
export function connect(seat: SeatId): () => void {
  let known: Known | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  forgetTelemetry()
  forgetLogs()
  forgetRequests()
  forgetHeat()
  closeTrace()
  forgetServerWall()
  tableStore.setState({ ...atNoTable, status: 'connecting', seat }, true)

  const history = createHistory(seat)
  const evidence = createEvidence(seat)
  const line = openLine({ seat, since: () => known?.seq })
  holdLine(line)

  const resume = () => {
    line.disconnect()
    line.connect()
  }
  const onFrame = (frame: Frame) => {
    const after = receive(known, frame)
    if (after === 'gap') {
      resume()
      return
    }
    if (after === known) return
    const before = known?.views.role.lifecycle
    known = after
    const lifecycle = after.views.role.lifecycle
    if (lifecycle && lifecycle.wall !== before?.wall) noteServerWall(lifecycle.wall)
    tableStore.setState({ views: after.views, status: 'live', why: null })
    if (frame.kind === 'welcome') {
      history.telemetry()
      history.logs()
    } else if (lifecycle?.phase !== before?.phase && telemetryStore.getState().at.length === 0) {
      history.telemetry()
    }
  }
  line.on('frame', onFrame)
  line.on('telemetry', (frame) => {
    if (!appendTelemetry(frame)) history.telemetry()
  })
  line.on('logs', addLogs)
  line.on('presence', ({ here }) => tableStore.setState({ presence: here }))
  line.on('removed', () => {
    stop()
    tableStore.setState({ status: 'removed' })
  })
  line.on('connect', () => {
    if (known) tableStore.setState({ status: 'live', why: null })
    outbox.open(transmitOver(line))
  })
  line.on('disconnect', (reason) => {
    outbox.shut()
    if (reason === 'io client disconnect') return
    tableStore.setState({ status: known ? 'reconnecting' : 'connecting' })
    // The server closed it on purpose, for instance to restart: knock again.
    if (reason === 'io server disconnect') timer = setTimeout(() => line.connect(), jitter(KNOCK_AGAIN_MS))
  })
  line.on('connect_error', (error) => {
    if (line.active) {
      tableStore.setState({ status: known ? 'reconnecting' : 'connecting' })
      return
    }
    // The server's answer to the handshake: its code stands in the message, or in `data`.
    const code = refusalCode(error)
    if (code !== null && !PASSING.has(code)) {
      tableStore.setState({
        status: 'refused',
        why: isRefusal(code) && code !== 'not-yours' ? REFUSALS[code] : null,
      })
      return
    }
    timer = setTimeout(() => line.connect(), jitter(KNOCK_AGAIN_MS))
  })

  const wake = () => {
    if (!line.connected && tableStore.getState().status === 'reconnecting') line.connect()
  }
  window.addEventListener('online', wake)
  line.connect()

  function stop() {
    clearTimeout(timer)
    window.removeEventListener('online', wake)
    history.stop()
    evidence.stop()
    outbox.shut()
    outbox.discard()
    line.disconnect()
    holdLine(null)
  }
  return () => {
    stop()
    tableStore.setState(atNoTable, true)
  }
}

const jitter = (ms: number) => ms * (0.5 + Math.random())

const transmitOver =
  (line: Line): Parameters<typeof outbox.open>[0] =>
  (envelope, answer) => {
    line.timeout(ANSWER_MS).emit('command', envelope, (error, said) => answer(error ? null : said))
  }

const isRefusal = (code: string): code is keyof typeof REFUSALS => Object.hasOwn(REFUSALS, code)

function refusalCode(error: Error): string | null {
  const data: unknown = 'data' in error ? error.data : undefined
  if (typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string')
    return data.code
  return /^[a-z]+(-[a-z]+)*$/.test(error.message) ? error.message : null
}
