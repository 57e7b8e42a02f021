import type { ClassesModel } from './classModel.ts'
import type { ClassSpace } from './classes.ts'

/** Numbers kept for each class at a cell where slices act: five own errors, factor on the service time, share turned away. */
export const HERE = { errors: 0, slow: 5, away: 6, size: 7 } as const

/** What is remembered of the kinds of requests between seconds. All lists are empty when all requests are alike. */
export interface ClassState {
  /** By cell and class: shares of what came in the second before, and of what is waiting and in work; messages of a queue, in its first cell. */
  arriving: number[]
  inside: number[]
  messages: number[]
  /** By token bucket of a slice: tokens it lacks. */
  spent: number[]
  /** By class: its share in the fresh requests of its source. */
  weight: number[]
  /** By class since the last sample: attempts, requests answered well, requests failed; and those of the last sample. */
  sums: number[][]
  happened: number[][]
  /** By cell where slices act and class, in the order of `HERE`. */
  here: number[]
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0)

/** The kinds of requests of a system at rest. */
export function createClasses(model: ClassesModel): ClassState {
  const many = model.classes.length
  const cells = many === 0 ? 0 : model.here.length
  const acting = model.here.filter((list) => list.length > 0).length
  return {
    arriving: zeros(cells * many),
    inside: zeros(cells * many),
    messages: zeros(cells * many),
    spent: zeros(many === 0 ? 0 : model.buckets),
    weight: zeros(many),
    sums: model.classes.map(() => zeros(3)),
    happened: model.classes.map(() => zeros(3)),
    here: zeros(many === 0 ? 0 : acting * many * HERE.size),
  }
}

/** Takes up what is remembered, before a second begins. Arrivals are counted anew. */
export function recall(space: ClassSpace, state: ClassState): void {
  space.arriving.set(state.arriving)
  space.inside.set(state.inside)
  space.spent.set(state.spent)
  space.came.fill(0)
  space.through.fill(0)
  space.away.fill(0)
}

/** Remembers how the second left the classes. */
export function remember(space: ClassSpace, state: ClassState): void {
  const { many } = space
  for (let n = 0; n < state.arriving.length; n += 1) {
    state.arriving[n] = space.arriving[n] ?? 0
    state.inside[n] = space.inside[n] ?? 0
  }
  for (let n = 0; n < state.spent.length; n += 1) state.spent[n] = space.spent[n] ?? 0
  for (let k = 0; k < many; k += 1) state.weight[k] = space.weight[k] ?? 0
  let to = 0
  for (let i = 0; i < space.model.here.length; i += 1) {
    if ((space.model.here[i]?.length ?? 0) === 0) continue
    for (let k = 0; k < many; k += 1) {
      const at = i * many + k
      for (let s = 0; s < 5; s += 1) state.here[to + s] = space.own[at * 5 + s] ?? 0
      state.here[to + HERE.slow] = space.slow[at] ?? 1
      state.here[to + HERE.away] = space.away[at] ?? 0
      to += HERE.size
    }
  }
}
