import { createStore, useStore } from 'zustand'
import type { AttributeFilter, RequestFilter } from '../../../shared/exploration.ts'
import type { HeatBox } from '../heatGrid.ts'

export const PAGES = ['groups', 'differences', 'requests'] as const
export type ExplorePage = (typeof PAGES)[number]

/** What somebody is looking for among the sampled requests. Stays while other panels are in front. */
export interface ExploreState {
  readonly filter: RequestFilter
  /** The part of the heat map that was selected. */
  readonly box: HeatBox | null
  readonly by: string
  readonly page: ExplorePage
}

export const exploreStore = createStore<ExploreState>(() => ({
  filter: { attributes: [] },
  box: null,
  by: 'status',
  page: 'groups',
}))
export const useExplore = <T>(select: (state: ExploreState) => T): T => useStore(exploreStore, select)

const same = (a: AttributeFilter, b: AttributeFilter) =>
  a.attribute === b.attribute && a.op === b.op && a.value === b.value

/** A filter with one condition more; what contradicts it is taken away. */
export function withCondition(filter: RequestFilter, more: AttributeFilter): RequestFilter {
  const kept = filter.attributes.filter((f) => {
    if (same(f, more)) return false
    if (f.attribute !== more.attribute) return true
    // Only one value can be asked for, and not one that is ruled out.
    return more.op === 'not' ? f.op === 'not' || f.value !== more.value : false
  })
  return { ...filter, attributes: [...kept, more] }
}

export const addCondition = (more: AttributeFilter): void =>
  exploreStore.setState(({ filter }) => ({ filter: withCondition(filter, more) }))
export const dropCondition = (gone: AttributeFilter): void =>
  exploreStore.setState(({ filter }) => ({
    filter: { ...filter, attributes: filter.attributes.filter((f) => !same(f, gone)) },
  }))
/** Only requests that took at least so long (s); undefined for all. */
export const setSlower = (slower: number | undefined): void =>
  exploreStore.setState(({ filter }) => ({ filter: { ...filter, slower } }))
export const clearFilters = (): void => exploreStore.setState({ filter: { attributes: [] }, box: null })
