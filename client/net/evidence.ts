import { joinTables } from '../../shared/exploration.ts'
import type { SeatId } from '../../shared/ids.ts'
import { HeatMap, MOST_REQUESTS, RequestTable, Trace, USUAL_REQUESTS } from '../../shared/requests.ts'
import { heatStore, requestsStore, traceStore, type RequestRange } from '../store/requests.ts'
import { telemetryStore } from '../store/telemetry.ts'
import { api, ApiError } from './api.ts'

/** New requests are fetched no more often than this, however fast the clock runs. */
const EVERY_MS = 2_000

/** Runs a job at most once in `EVERY_MS`; asked meanwhile, once more afterwards. */
function calmly(job: () => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false
  let again = false
  const run = async (): Promise<void> => {
    if (busy) {
      again = true
      return
    }
    busy = true
    again = false
    await job()
    timer = setTimeout(() => {
      busy = false
      if (again) void run()
    }, EVERY_MS)
  }
  return { ask: () => void run(), stop: () => clearTimeout(timer) }
}

const newest = (): number => telemetryStore.getState().at.at(-1) ?? 0

function spanOf(range: RequestRange): { from: number; to: number } {
  const to = newest()
  return range.kind === 'last' ? { from: to - range.minutes * 60_000, to } : range
}

/** Fetches sampled requests, traces and heat maps for the panels that ask for them in the stores. */
export function createEvidence(seat: SeatId): { readonly stop: () => void } {
  const base = `/api/seats/${seat}`
  let stopped = false

  async function attempt<T>(path: string, schema: Parameters<typeof api.get<T>>[1]): Promise<T | ApiError> {
    try {
      return await api.get(path, schema)
    } catch (error) {
      if (error instanceof ApiError) return error
      throw error
    }
  }

  async function loadAll(range: RequestRange): Promise<void> {
    const { from, to } = spanOf(range)
    const table = await attempt(`${base}/events?from=${from}&to=${to}&limit=${USUAL_REQUESTS}`, RequestTable)
    if (stopped || requestsStore.getState().range !== range) return
    if (table instanceof ApiError) requestsStore.setState({ state: 'failed', why: table.message })
    else requestsStore.setState({ state: 'ready', why: null, table })
  }

  async function loadMore(): Promise<void> {
    const { range, table, state } = requestsStore.getState()
    if (!range || range.kind !== 'last' || !table || state === 'loading') return
    const { from, to } = spanOf(range)
    if (to <= table.to) return
    // A sample grown far beyond what one answer holds, or from long ago, is drawn afresh.
    if (table.trace.length > MOST_REQUESTS || from > table.to) {
      await loadAll(range)
      return
    }
    const path = `${base}/events?from=${table.to + 1}&to=${to}&every=${table.every}`
    const more = await attempt(path, RequestTable)
    const now = requestsStore.getState()
    if (stopped || now.range !== range || now.table !== table) return
    if (more instanceof ApiError) requestsStore.setState({ state: 'failed', why: more.message })
    else if (more.every !== table.every) await loadAll(range)
    else requestsStore.setState({ state: 'ready', why: null, table: joinTables(table, more, from) })
  }

  async function loadHeat(): Promise<void> {
    const { wanted } = heatStore.getState()
    for (const component of new Set(wanted)) {
      const known = heatStore.getState().maps[component]
      const from = known ? (known.at.at(-1) ?? 0) + 1 : -3_600_000
      if (from > newest()) continue
      const more = await attempt(`${base}/heat/${component}?from=${from}&to=${newest()}`, HeatMap)
      if (stopped || more instanceof ApiError) continue
      const map = known
        ? { ...more, at: [...known.at, ...more.at], counts: [...known.counts, ...more.counts] }
        : more
      heatStore.setState(({ maps }) => ({ maps: { ...maps, [component]: map } }))
    }
  }

  async function loadTrace(id: string): Promise<void> {
    const trace = await attempt(`${base}/events/${id}`, Trace)
    const { open } = traceStore.getState()
    if (stopped || open.state !== 'loading' || open.id !== id) return
    if (trace instanceof ApiError)
      traceStore.setState({ open: { state: trace.code === 'no-such-thing' ? 'gone' : 'failed', id } })
    else traceStore.setState({ open: { state: 'ready', id, trace } })
  }

  const more = calmly(loadMore)
  const heat = calmly(loadHeat)
  const undo = [
    requestsStore.subscribe((now, before) => {
      if (now.range !== before.range && now.range) void loadAll(now.range)
    }),
    traceStore.subscribe(({ open }, before) => {
      if (open !== before.open && open.state === 'loading') void loadTrace(open.id)
    }),
    heatStore.subscribe((now, before) => {
      if (now.wanted !== before.wanted && now.wanted.length > 0) heat.ask()
    }),
    telemetryStore.subscribe(() => {
      if (requestsStore.getState().range) more.ask()
      if (heatStore.getState().wanted.length > 0) heat.ask()
    }),
  ]
  return {
    stop: () => {
      stopped = true
      more.stop()
      heat.stop()
      for (const each of undo) each()
    },
  }
}
