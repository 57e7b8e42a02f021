import {
  type HeatMap,
  MOST_REQUESTS,
  type RequestTable,
  type Trace,
  USUAL_REQUESTS,
} from '../../shared/requests.ts'
import type { Model } from '../sim/physics/index.ts'
import {
  describeTrace,
  HEAT_EDGES,
  isHeat,
  namesOf,
  seenBy,
  tableOf,
  traceOfLine,
  unpackHeat,
  unpackRequest,
} from '../sim/physics/requests/index.ts'

/** Requests kept for those who ask: an hour of them, some eight megabytes. Older ones stay in the log. */
const REQUESTS_KEPT = 28_800
/** Rows of heat maps kept for each component: two hours. */
const ROWS_KEPT = 1_440
/** Lines beyond what is kept before the oldest are dropped, so that this is not done for each new one. */
const SLACK = 2_000

/** What of the requests kept somebody asks for. */
export interface RequestQuery {
  /** Exercise ms, both included. */
  readonly from: number
  readonly to: number
  /** At most so many … */
  readonly limit?: number | undefined
  /** … or each so-manieth, as in an answer before this one. */
  readonly every?: number | undefined
}
export type RequestLane = ReturnType<typeof createRequestLane>

/** When a request ended: the number after its trace. */
const atOf = (line: string): number => Number.parseInt(line.slice(20), 10)
/** Trace ids are as good as random: the last digits of every one decide in which sub-samples it is. */
const inSample = (line: string, every: number): boolean =>
  every === 1 || Number.parseInt(traceOfLine(line).slice(8), 16) % every === 0

/** Sampled requests and heat maps of one exercise, for those who ask. Without a model (an unreadable scenario) it stays empty. */
export function createRequestLane(model: Model | null) {
  const lines: string[] = []
  const heat = new Map<number, { at: number; row: number[] }[]>()
  const names = model && namesOf(model)
  let now = -Infinity

  return {
    /** Takes in what a step put down, and how far exercise time has come. */
    add(evidence: readonly string[], at: number): void {
      now = Math.max(now, at)
      for (const line of evidence) {
        if (!isHeat(line)) {
          lines.push(line)
          continue
        }
        const { at, component, row } = unpackHeat(line)
        const rows = heat.get(component) ?? []
        heat.set(component, rows)
        rows.push({ at, row })
        if (rows.length > ROWS_KEPT) rows.shift()
      }
      if (lines.length > REQUESTS_KEPT + SLACK) lines.splice(0, lines.length - REQUESTS_KEPT)
    },

    /** Requests of a stretch of time; a fair sub-sample with greater weights where there are too many. */
    requests(query: RequestQuery): RequestTable {
      const { from } = query
      // What is not over yet is nobody's to know.
      const to = Math.min(query.to, now)
      const found = lines.filter((line) => {
        const at = atOf(line)
        return at >= from && at <= to
      })
      const limit = Math.min(MOST_REQUESTS, Math.max(1, query.limit ?? USUAL_REQUESTS))
      const least = Math.ceil(found.length / MOST_REQUESTS)
      const every = Math.max(1, least, query.every ?? Math.ceil(found.length / limit))
      const kept = found
        .filter((line) => inSample(line, every))
        .map((line) => seenBy(unpackRequest(line), now))
      return names
        ? tableOf(kept, names, { from, to, every })
        : { from, to, every, trace: [], at: [], weight: [], duration: [], attributes: [] }
    },

    /** One request with all its parts; undefined when it was not sampled or is no longer kept. */
    trace(id: string): Trace | undefined {
      if (!names || !/^[0-9a-f]{16}$/.test(id)) return undefined
      const line = lines.findLast((l) => l.startsWith(id, 2))
      return line === undefined || atOf(line) > now
        ? undefined
        : describeTrace(unpackRequest(line), names, now)
    },

    /** The heat map of a component; undefined where none is kept. */
    heat(component: string, span: { readonly from: number; readonly to: number }): HeatMap | undefined {
      const index = model?.components.findIndex((c) => c.id === component) ?? -1
      const rows = heat.get(index)?.filter(({ at }) => at >= span.from && at <= span.to)
      if (!rows) return undefined
      const counts = rows.map((r) => r.row)
      return { component, edges: [...HEAT_EDGES], at: rows.map((r) => r.at), counts }
    },
  }
}
