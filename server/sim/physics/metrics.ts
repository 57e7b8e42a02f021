import type { MetricInfo } from '../../../shared/contracts/system.ts'
import { type Column, gaugesOf } from './instruments.ts'
import type { ClassesModel } from './model/classModel.ts'
import type { ComponentModel, SourceModel } from './model/model.ts'

/** The order is the order of columns; `takeSample` fills them in the same order. */
export const SERVER_COLUMNS = [
  ['rps', 'requests', 'per_s'],
  ['goodput_rps', 'good answers', 'per_s'],
  ['error_ratio', 'error ratio', 'ratio'],
  ['rps_404', '404 answers', 'per_s'],
  ['rps_429', '429 answers', 'per_s'],
  ['rps_5xx', '5xx answers', 'per_s'],
  ['rps_500', '500 answers', 'per_s'],
  ['rps_503', '503 answers', 'per_s'],
  ['rps_504', '504 answers', 'per_s'],
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

export const SOURCE_COLUMNS = [
  ['rps', 'requests', 'per_s'],
  ['success_ratio', 'success ratio', 'ratio'],
  ['bad_per_s', 'failed requests', 'per_s'],
  ['latency_p50', 'latency p50', 's'],
  ['latency_p95', 'latency p95', 's'],
  ['latency_p99', 'latency p99', 's'],
] as const satisfies readonly Column[]

/** Of the requests of a source with one value of an attribute. */
export const VALUE_COLUMNS = [
  ['rps', 'requests', 'per_s'],
  ['success_ratio', 'success ratio', 'ratio'],
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
  classes: ClassesModel,
): MetricInfo[] {
  const all = components.flatMap((c) => {
    return [
      ...columns(c.metrics, c.title, c.id, SERVER_COLUMNS),
      ...gaugesOf(c).flatMap((g) => columns(g.prefix, g.title, c.id, g.columns)),
    ]
  })
  return [
    ...all,
    ...sources.flatMap((s) => {
      const prefix = `traffic.${s.id.replaceAll('-', '_')}`
      const { attributes = [], broken = [] } = classes.sources[s.index] ?? {}
      return [
        ...columns(prefix, s.title, null, SOURCE_COLUMNS),
        ...broken.flatMap((a) =>
          (attributes[a]?.values ?? []).flatMap((v) => {
            const name = `${attributes[a]?.name ?? ''}.${v.name.replaceAll('-', '_')}`
            return columns(`${prefix}.${name}`, `${s.title}, ${v.name}`, null, VALUE_COLUMNS)
          }),
        ),
      ]
    }),
  ]
}
