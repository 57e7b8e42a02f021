import type { MetricInfo, Unit } from '../../../shared/contracts/system.ts'
import type { ComponentModel, SourceModel } from './model.ts'

/** Suffix, legend, unit. The order is the order of columns; `takeSample` fills them in the same order. */
type Column = readonly [suffix: string, title: string, unit: Unit]

export const SERVER_COLUMNS = [
  ['rps', 'requests', 'per_s'],
  ['goodput_rps', 'good answers', 'per_s'],
  ['error_ratio', 'error ratio', 'ratio'],
  ['rps_404', '404 answers', 'per_s'],
  ['rps_429', '429 answers', 'per_s'],
  ['rps_5xx', '5xx answers', 'per_s'],
  ['abandoned_rps', 'answers nobody waited for', 'per_s'],
  ['latency_p50', 'latency p50', 's'],
  ['latency_p95', 'latency p95', 's'],
  ['latency_p99', 'latency p99', 's'],
  ['queue', 'waiting', 'count'],
  ['in_flight', 'in work', 'count'],
  ['saturation', 'saturation', 'ratio'],
  ['cpu', 'CPU', 'ratio'],
  ['memory_ratio', 'memory', 'ratio'],
  ['replicas_ready', 'instances ready', 'count'],
  ['restarts', 'restarts', 'count'],
  ['health', 'health (0 well, 1 strained, 2 failing)', '1'],
] as const satisfies readonly Column[]

export const LOAD_BALANCER_COLUMNS = [
  ['shed', 'share turned away', 'ratio'],
] as const satisfies readonly Column[]
export const CACHE_COLUMNS = [
  ['hit_ratio', 'hit ratio', 'ratio'],
  ['fill_ratio', 'items present', 'ratio'],
  ['evictions', 'evictions', 'per_s'],
] as const satisfies readonly Column[]
export const QUEUE_COLUMNS = [
  ['messages', 'messages', 'count'],
  ['oldest_age', 'age of the oldest message', 's'],
] as const satisfies readonly Column[]
export const OBJECT_STORE_COLUMNS = [
  ['object_size', 'object size', 'bytes'],
] as const satisfies readonly Column[]
export const VERSION_COLUMNS = [
  ['share', 'share of instances', 'ratio'],
  ['rps', 'requests', 'per_s'],
  ['error_ratio', 'error ratio', 'ratio'],
] as const satisfies readonly Column[]
export const SOURCE_COLUMNS = [
  ['rps', 'requests', 'per_s'],
  ['success_ratio', 'success ratio', 'ratio'],
  ['bad_per_s', 'failed requests', 'per_s'],
  ['latency_p50', 'latency p50', 's'],
  ['latency_p95', 'latency p95', 's'],
  ['latency_p99', 'latency p99', 's'],
] as const satisfies readonly Column[]

const columns = (
  prefix: string,
  title: string,
  component: string | null,
  list: readonly Column[],
): MetricInfo[] =>
  list.map(([suffix, what, unit]) => ({
    name: `${prefix}.${suffix}`,
    title: `${title}: ${what}`,
    unit,
    component,
  }))

/** Every time series of a system, in the order in which `takeSample` gives their values. */
export function metricsOf(
  components: readonly ComponentModel[],
  sources: readonly SourceModel[],
): MetricInfo[] {
  const all = components.flatMap((c) => {
    const own = (list: readonly Column[]) => columns(c.metrics, c.title, c.id, list)
    return [
      ...own(SERVER_COLUMNS),
      ...(c.kind === 'load-balancer' ? own(LOAD_BALANCER_COLUMNS) : []),
      ...(c.kind === 'cache' ? own(CACHE_COLUMNS) : []),
      ...(c.kind === 'queue' ? own(QUEUE_COLUMNS) : []),
      ...(c.kind === 'object-store' ? own(OBJECT_STORE_COLUMNS) : []),
      ...c.versions.flatMap((v) =>
        columns(
          `${c.metrics}.versions.${v.name.replaceAll('-', '_')}`,
          `${c.title} ${v.name}`,
          c.id,
          VERSION_COLUMNS,
        ),
      ),
    ]
  })
  return [
    ...all,
    ...sources.flatMap((s) => columns(`traffic.${s.id.replaceAll('-', '_')}`, s.title, null, SOURCE_COLUMNS)),
  ]
}
