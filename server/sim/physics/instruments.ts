import type { Unit } from '../../../shared/contracts/system.ts'
import { fillRatio } from './data/cache.ts'
import { dataGauges } from './data/dataGauges.ts'
import { nameGauges } from './calls/barred.ts'
import { jobGauges } from './data/jobs.ts'
import { type Seen, timesOf } from './times/latency.ts'
import { limitGauges } from './data/limits.ts'
import type { ComponentModel, Model } from './model/model.ts'
import { partValues, ratio } from './serverSample.ts'
import { A, CS, type PhysicsState, type Station, sumOf } from './state.ts'

/** One time series: suffix, legend, unit. */
export type Column = readonly [suffix: string, title: string, unit: Unit]

/** Time series that belong together, under one prefix: columns and the values that fill them, in one place so that they stay in step. */
export interface Gauge {
  /** What the names of the columns begin with, and what the thing is called. */
  readonly prefix: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly values: (reading: Reading) => readonly (number | null)[]
}
/** What a gauge reads from when a sample is taken. */
export interface Reading {
  readonly model: Model
  readonly state: PhysicsState
  readonly seen: Seen
  /** How the percentiles of this sample scatter: a standard normal draw. */
  readonly luck: number
  /** The component's cells; what all of them share is kept in the first. */
  readonly stations: readonly Station[]
  readonly first: Station
  /** Sums of all cells since the last sample (places: `A`). */
  readonly sums: readonly number[]
  /** Exercise seconds since the last sample. */
  readonly seconds: number
}
/** An instrument: the gauges it puts on a component, none where it has nothing to measure. */
type Instrument = (c: ComponentModel) => readonly Gauge[]

/** One gauge under the component's own name. */
export const gauge = (
  c: ComponentModel,
  columns: readonly Column[],
  values: Gauge['values'],
): readonly Gauge[] => [{ prefix: c.metrics, title: c.title, columns, values }]

const wanted: Instrument = (c) =>
  gauge(c, [['replicas_wanted', 'instances wanted', 'count']], ({ sums, seconds }) => [
    seconds > 0 ? (sums[A.wanted] ?? 0) / seconds : null,
  ])
const pending: Instrument = (c) =>
  c.kind === 'service' || c.kind === 'worker'
    ? gauge(c, [['replicas_pending', 'instances that cannot start', 'count']], ({ sums, seconds }) => [
        seconds > 0 ? (sums[A.pending] ?? 0) / seconds : null,
      ])
    : []

const turnedAway: Instrument = (c) =>
  c.sheds
    ? gauge(c, [['shed', 'share turned away', 'ratio']], ({ sums }) => [
        ratio(sums[A.shed] ?? 0, sums[A.offered] ?? 0) ?? 0,
      ])
    : []

const cached: Instrument = (c) => {
  const { keys } = c
  if (!keys) return []
  return gauge(
    c,
    [
      ['hit_ratio', 'hit ratio', 'ratio'],
      ['fill_ratio', 'items present', 'ratio'],
      ['evictions', 'evictions', 'per_s'],
    ],
    ({ sums, stations, seconds }) => {
      const hits = sums[A.hits] ?? 0
      const fill = stations.reduce((sum, station) => sum + fillRatio(keys, station.fill), 0)
      return [
        ratio(hits, hits + (sums[A.misses] ?? 0)),
        fill / stations.length,
        seconds > 0 ? (sums[A.evictions] ?? 0) / seconds : null,
      ]
    },
  )
}

const queued: Instrument = (c) =>
  c.kind === 'queue'
    ? gauge(
        c,
        [
          ['messages', 'messages', 'count'],
          ['oldest_age', 'age of the oldest message', 's'],
        ],
        ({ first, state }) => {
          const messages = sumOf(first.messages)
          // Less than half a message is none.
          const oldest = messages < 0.5 ? undefined : first.messageAt[0]
          return [messages, oldest === undefined ? 0 : Math.max(0, state.second + 1 - oldest)]
        },
      )
    : []

const stored: Instrument = (c) =>
  c.kind === 'object-store'
    ? gauge(c, [['object_size', 'object size', 'bytes']], ({ first }) => [first.size])
    : []

const versioned: Instrument = (c) =>
  c.versions.map((v) => ({
    prefix: `${c.metrics}.versions.${v.name.replaceAll('-', '_')}`,
    title: `${c.title} ${v.name}`,
    columns: [
      ['share', 'share of instances', 'ratio'],
      ['rps', 'requests', 'per_s'],
      ['error_ratio', 'error ratio', 'ratio'],
    ],
    values: ({ state, seconds }) => {
      const own = state.versionSums[v.index] ?? []
      const came = own[1] ?? 0
      return [
        seconds > 0 ? (own[0] ?? 0) / seconds : (state.shares[v.index] ?? 0),
        seconds > 0 ? came / seconds : null,
        ratio(own[2] ?? 0, came),
      ]
    },
  }))

const inParts: Instrument = (c) =>
  c.parts.map((part) => ({
    prefix: part.metrics,
    title: part.title,
    columns: [
      ['rps', 'requests', 'per_s'],
      ['error_ratio', 'error ratio', 'ratio'],
      ['latency_p99', 'latency p99', 's'],
      ['replicas_ready', 'instances ready', 'count'],
      ['saturation', 'saturation', 'ratio'],
    ],
    values: ({ state, seen, luck }) =>
      partValues(
        part.cells.flatMap((i) => state.stations[i] ?? []),
        { times: timesOf(seen, part.cells), luck },
      ),
  }))

const checked: Instrument = (c) =>
  c.checked.map(({ to, calls }) => ({
    prefix: `${c.metrics}.calls.${to.replaceAll('-', '_')}`,
    title: `${c.title} to ${to}`,
    columns: [['healthy_ratio', 'instances taken for healthy', 'ratio']],
    values: ({ state, seconds }) => {
      const healthy = calls.reduce((sum, k) => sum + (state.calls[k]?.sums[CS.healthy] ?? 0), 0)
      return [seconds > 0 ? Math.min(1, healthy / seconds / calls.length) : null]
    },
  }))

const pooled: Instrument = (c) =>
  c.pooled.map(({ to, calls }) => ({
    prefix: `${c.metrics}.calls.${to.replaceAll('-', '_')}`,
    title: `${c.title} to ${to}`,
    columns: [['pool_used', 'connections in use', 'ratio']],
    values: ({ state, seconds }) => {
      const used = calls.reduce((sum, k) => sum + (state.calls[k]?.sums[CS.pool] ?? 0), 0)
      return [seconds > 0 ? used / seconds / calls.length : null]
    },
  }))

/** Every instrument beyond what all servers have, in the order of columns. */
const INSTRUMENTS: readonly Instrument[] = [
  wanted,
  pending,
  turnedAway,
  cached,
  queued,
  stored,
  dataGauges,
  limitGauges,
  jobGauges,
  nameGauges,
  versioned,
  inParts,
  pooled,
  checked,
]

/** Gauges are made once for each component. */
const made = new WeakMap<ComponentModel, readonly Gauge[]>()

/** The gauges of a component beyond what all servers have. */
export function gaugesOf(c: ComponentModel): readonly Gauge[] {
  const gauges = made.get(c) ?? INSTRUMENTS.flatMap((on) => on(c))
  made.set(c, gauges)
  return gauges
}
