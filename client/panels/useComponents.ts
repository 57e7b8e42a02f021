import { useMemo } from 'react'
import type { ViewOf } from '../../shared/contracts/index.ts'
import { useView } from '../store/table.ts'

export type Component = ViewOf<'system'>['components'][number]

export interface Components {
  readonly list: readonly Component[]
  /** The name people read; the id when the component is not known. */
  readonly title: (id: string | null) => string
  /** The component's place in the scenario's list, which decides its colour; null when unknown. */
  readonly order: (id: string | null) => number | null
  readonly componentOfMetric: (metric: string) => string | null
  readonly metricTitle: (metric: string) => string
}

/** Looks components and metrics up in the view of this seat. */
export function useComponents(): Components {
  const system = useView('system')
  return useMemo(() => {
    const list = system?.components ?? []
    const orders = new Map(list.map((c, i) => [c.id, i]))
    const titles = new Map(list.map((c) => [c.id, c.title]))
    const metrics = new Map((system?.metrics ?? []).map((m) => [m.name, m]))
    return {
      list,
      title: (id) => (id === null ? '' : (titles.get(id) ?? id)),
      order: (id) => (id === null ? null : (orders.get(id) ?? null)),
      componentOfMetric: (metric) => metrics.get(metric)?.component ?? null,
      metricTitle: (metric) => metrics.get(metric)?.title ?? metric,
    }
  }, [system])
}
