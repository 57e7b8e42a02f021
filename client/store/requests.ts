import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { HeatMap, RequestTable, Trace } from '../../shared/requests.ts'

/** Which sampled requests somebody looks at: the last minutes, following the clock, or a fixed stretch of exercise ms. */
export type RequestRange =
  | { readonly kind: 'last'; readonly minutes: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }

export interface Requests {
  /** Null: nobody looks, nothing is loaded. */
  readonly range: RequestRange | null
  readonly state: 'idle' | 'loading' | 'ready' | 'failed'
  /** Why it failed, in a sentence. */
  readonly why: string | null
  readonly table: RequestTable | null
}
const nobodyLooks: Requests = { range: null, state: 'idle', why: null, table: null }

/** Sampled requests of the simulated system. Panels ask by setting `range`; the rest is written by `net/` alone. */
export const requestsStore = createStore<Requests>(() => nobodyLooks)

/** Says what to look at. Null stops loading. What was loaded stays until something else has come. */
export function lookAtRequests(range: RequestRange | null): void {
  requestsStore.setState({ range, ...(range !== null && { state: 'loading', why: null }) })
}
/** Tries again after a failure. */
export function lookAgain(): void {
  const { range } = requestsStore.getState()
  lookAtRequests(range === null ? null : { ...range })
}
export const forgetRequests = (): void => requestsStore.setState(nobodyLooks, true)
export const useRequests = (): Requests => useStore(requestsStore)

/** One request with all its parts, as far as it is known. */
export type LoadedTrace =
  | { readonly state: 'none' }
  | { readonly state: 'loading' | 'gone' | 'failed'; readonly id: string }
  | { readonly state: 'ready'; readonly id: string; readonly trace: Trace }
/** The trace somebody opened. Panels ask by setting it to loading; the rest is written by `net/` alone. */
export const traceStore = createStore<{ readonly open: LoadedTrace }>(() => ({ open: { state: 'none' } }))
export const askTrace = (id: string): void => traceStore.setState({ open: { state: 'loading', id } })
export const closeTrace = (): void => traceStore.setState({ open: { state: 'none' } })
export const useTrace = (): LoadedTrace => useStore(traceStore, (s) => s.open)

/** Heat maps by component, and which of them are on the screen. Maps are written by `net/` alone. */
export const heatStore = createStore<{
  readonly wanted: readonly string[]
  readonly maps: Readonly<Record<string, HeatMap>>
}>(() => ({ wanted: [], maps: {} }))
/** Asks for the heat map of a component until the returned function is called. */
export function watchHeat(component: string): () => void {
  heatStore.setState(({ wanted }) => ({ wanted: [...wanted, component] }))
  return () =>
    heatStore.setState(({ wanted }) => {
      const at = wanted.indexOf(component)
      return { wanted: wanted.filter((_, i) => i !== at) }
    })
}
export const forgetHeat = (): void => heatStore.setState(({ wanted }) => ({ wanted, maps: {} }))
export const useHeat = (component: string | null): HeatMap | null =>
  useStore(heatStore, (s) => (component === null ? null : (s.maps[component] ?? null)))
