import type { ClassesModel } from '../model/classModel.ts'
import type { ClassSpace } from './classes.ts'
import { zeros } from '../sums.ts'

/** What is remembered of the kinds of requests between seconds. All lists are empty when all requests are alike. */
export interface ClassState {
  /** By cell and class: shares of what came in the second before, and of what is waiting and in work; messages of a queue, in its first cell. */
  arriving: number[]
  inside: number[]
  messages: number[]
  /** By token bucket of a slice: tokens it lacks. */
  spent: number[]
  /** By class since the last sample: attempts, requests answered well, requests failed. */
  sums: number[][]
}

/** The kinds of requests of a system at rest. */
export function createClasses(model: ClassesModel): ClassState {
  const many = model.classes.length
  const cells = many === 0 ? 0 : model.here.length
  return {
    arriving: zeros(cells * many),
    inside: zeros(cells * many),
    messages: zeros(cells * many),
    spent: zeros(many === 0 ? 0 : model.buckets),
    sums: model.classes.map(() => zeros(3)),
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
  for (let n = 0; n < state.arriving.length; n += 1) {
    state.arriving[n] = space.arriving[n] ?? 0
    state.inside[n] = space.inside[n] ?? 0
  }
  for (let n = 0; n < state.spent.length; n += 1) state.spent[n] = space.spent[n] ?? 0
}
