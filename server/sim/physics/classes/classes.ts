import type { ClassesModel, SliceHere, SliceModel } from '../model/classModel.ts'
import { SLICE_PARAMETERS } from '../parameters/slice.ts'
import { V } from '../model/slots.ts'

const NAMES = Object.keys(SLICE_PARAMETERS)
/** Places of a slice's parameters, counted from its slot. */
export const L = {
  time: NAMES.indexOf('service_time_scale'),
  memory: NAMES.indexOf('memory_scale'),
  shed: NAMES.indexOf('shed'),
  limit: NAMES.indexOf('rate_limit'),
  burst: NAMES.indexOf('rate_burst'),
  errors: NAMES.indexOf('errors.404'),
} as const

/** Numbers of one tick by class; by cell and class; by call and class. Like the workspace it holds nothing between ticks. */
export interface ClassSpace {
  readonly many: number
  readonly model: ClassesModel
  /** Share of each class in the fresh requests of its source. */
  readonly weight: Float64Array
  /** By cell and class: requests that arrive in this second; share of what arrives, and of what is waiting and in work; share turned away by slices. */
  readonly came: Float64Array
  readonly arriving: Float64Array
  readonly inside: Float64Array
  readonly away: Float64Array
  /** Own errors by status; factors on service time and memory; all failures by status; time a slot is held. */
  readonly own: Float64Array
  readonly slow: Float64Array
  readonly memory: Float64Array
  readonly fail: Float64Array
  readonly time: Float64Array
  /** By cell: what the mix was laid over; how much wider than one class's own time the mixture's is; variance within classes. */
  readonly baseService: Float64Array
  readonly baseFail: Float64Array
  readonly spread: Float64Array
  readonly within: Float64Array
  /** By call and class: share of the attempts. */
  readonly send: Float64Array
  /** By bucket: requests let through. */
  readonly through: Float64Array
  /** By bucket: tokens it lacks. */
  readonly spent: Float64Array
}

/** Scratch memory for the classes of a model with so many cells and calls; null when all requests are alike. */
export function classSpace(model: ClassesModel, cells: number, calls: number): ClassSpace | null {
  const many = model.classes.length
  if (many === 0) return null
  const by = (n: number) => new Float64Array(n)
  return {
    many,
    model,
    weight: by(many),
    came: by(cells * many),
    arriving: by(cells * many),
    inside: by(cells * many),
    away: by(cells * many),
    own: by(cells * many * 5),
    slow: by(cells * many),
    memory: by(cells * many),
    fail: by(cells * many * 5),
    time: by(cells * many),
    baseService: by(cells),
    baseFail: by(cells * 5),
    spread: by(cells),
    within: by(cells),
    send: by(calls * many),
    through: by(model.buckets),
    spent: by(model.buckets),
  }
}

/** The share of a slice's requests it is about: those that meet one of its versions. */
export function partOf(slice: SliceModel, p: Float64Array): number {
  if (slice.versions.length === 0) return 1
  let part = 0
  let all = 0
  for (let n = 0; n < slice.siblings.length; n += 1) {
    const slot = slice.siblings[n] ?? 0
    const traffic = (p[slot + V.share] ?? 0) * (1 - (p[slot + V.drained] ?? 0))
    all += traffic
    if (slice.versions.includes(slot)) part += traffic
  }
  return all > 0 ? part / all : 0
}

/** Own errors and factors of one class at one cell. */
function applySlices(
  space: ClassSpace,
  at: {
    readonly i: number
    readonly k: number
    readonly list: readonly SliceHere[]
  },
  p: Float64Array,
): void {
  const { i, k, list } = at
  const place = i * space.many + k
  const first = place * 5
  for (let s = 0; s < 5; s += 1) space.own[first + s] = space.baseFail[i * 5 + s] ?? 0
  let slow = 1
  let memory = 1
  for (let n = 0; n < list.length; n += 1) {
    const slice = list[n]?.slice
    if (!slice) continue
    const part = partOf(slice, p)
    slow *= 1 + part * ((p[slice.slot + L.time] ?? 1) - 1)
    memory *= 1 + part * ((p[slice.slot + L.memory] ?? 1) - 1)
    for (let s = 0; s < 5; s += 1)
      space.own[first + s] = (space.own[first + s] ?? 0) + part * (p[slice.slot + L.errors + s] ?? 0)
  }
  let all = 0
  for (let s = 0; s < 5; s += 1) all += space.own[first + s] ?? 0
  if (all > 1) for (let s = 0; s < 5; s += 1) space.own[first + s] = (space.own[first + s] ?? 0) / all
  space.slow[place] = slow
  space.memory[place] = memory
}

/** What a cell has by itself, before the mix of its requests is laid over it. */
export interface CellNumbers {
  readonly service: Float64Array
  readonly ownFail: Float64Array
}

/** Notes what cell `i` has by itself, and what each class meets there: once a second, before `blendClasses`. */
export function classesAt(
  space: ClassSpace,
  i: number,
  now: { readonly numbers: CellNumbers; readonly p: Float64Array },
): void {
  const { numbers, p } = now
  space.baseService[i] = numbers.service[i] ?? 0
  for (let s = 0; s < 5; s += 1) space.baseFail[i * 5 + s] = numbers.ownFail[i * 5 + s] ?? 0
  const lists = space.model.taken[i]
  for (let k = 0; k < space.many; k += 1) applySlices(space, { i, k, list: lists?.[k] ?? [] }, p)
}

/** Lays the mix of what is inside cell `i` over its own errors and service time. Without anything inside, it is as it is by itself. */
export function blendClasses(space: ClassSpace, i: number, numbers: CellNumbers): void {
  const { many, inside, own, slow } = space
  const from = i * many
  let sum = 0
  let time = 0
  let square = 0
  for (let k = 0; k < many; k += 1) {
    const m = inside[from + k] ?? 0
    const x = slow[from + k] ?? 1
    sum += m
    time += m * x
    square += m * x * x
  }
  space.spread[i] = 1
  if (sum <= 1e-9) return
  time /= sum
  space.spread[i] = square / sum / (time * time)
  numbers.service[i] = (space.baseService[i] ?? 0) * time
  for (let s = 0; s < 5; s += 1) {
    let errors = 0
    for (let k = 0; k < many; k += 1) errors += (inside[from + k] ?? 0) * (own[(from + k) * 5 + s] ?? 0)
    numbers.ownFail[i * 5 + s] = errors / sum
  }
}

/**
 * The factor on the memory of a request at cell `i`, of which the share `busy` is in work: there slow requests are more than they are of
 * what comes.
 */
export function memoryOfClasses(space: ClassSpace, i: number, busy: number): number {
  const { many, inside, time, memory } = space
  let sum = 0
  let waiting = 0
  let held = 0
  let working = 0
  for (let k = 0; k < many; k += 1) {
    const at = i * many + k
    const m = inside[at] ?? 0
    const t = m * (time[at] ?? 0)
    sum += m
    waiting += m * (memory[at] ?? 1)
    held += t
    working += t * (memory[at] ?? 1)
  }
  return sum > 0 && held > 0 ? (busy * working) / held + ((1 - busy) * waiting) / sum : 1
}

/** Adds what one call or source sends to cell `i` to what arrives there: `sent` requests, in the mix of `mix` from `from` on. */
export function arriveInMix(
  space: ClassSpace,
  i: number,
  o: {
    readonly sent: number
    readonly mix: ArrayLike<number>
    readonly from: number
  },
): void {
  let sum = 0
  for (let k = 0; k < space.many; k += 1) sum += o.mix[o.from + k] ?? 0
  if (sum <= 0) return
  for (let k = 0; k < space.many; k += 1) {
    const at = i * space.many + k
    space.came[at] = (space.came[at] ?? 0) + (o.sent * (o.mix[o.from + k] ?? 0)) / sum
  }
}

/** All `offered` that will come to cell `i` in this second has come: its mix. What no source sent is a class by itself. When nothing came, it stays that of the second before. */
export function settleArrivals(space: ClassSpace, i: number, offered: number): void {
  const { many, came, arriving } = space
  const from = i * many
  let sum = 0
  for (let k = 0; k < many; k += 1) sum += came[from + k] ?? 0
  const { unnamed } = space.model
  if (unnamed >= 0 && offered - sum > 1e-9) {
    came[from + unnamed] = (came[from + unnamed] ?? 0) + offered - sum
    sum = offered
  }
  if (sum <= 1e-12) return
  for (let k = 0; k < many; k += 1) arriving[from + k] = (came[from + k] ?? 0) / sum
}

/** The mix inside cell `i` when `taken` of what arrives, less what slices turn away, joins `there` requests: as in a stirred tank. */
export function mixIn(space: ClassSpace, i: number, o: { there: number; taken: number }): void {
  const { many, arriving, away, inside } = space
  const from = i * many
  let came = 0
  let was = 0
  for (let k = 0; k < many; k += 1) {
    came += (arriving[from + k] ?? 0) * (1 - (away[from + k] ?? 0))
    was += inside[from + k] ?? 0
  }
  const all = (was > 0 ? o.there : 0) + (came > 0 ? o.taken : 0)
  if (all <= 1e-12) return
  for (let k = 0; k < many; k += 1) {
    const a = came > 0 ? ((arriving[from + k] ?? 0) * (1 - (away[from + k] ?? 0)) * o.taken) / came : 0
    const b = was > 0 ? ((inside[from + k] ?? 0) * o.there) / was : 0
    inside[from + k] = (a + b) / all
  }
}

/** The variability of the own time of cell `i` over its whole mix, from that within each class. */
export function mixedCv(space: ClassSpace | null, i: number, cv: number): number {
  if (space?.model.carries[i] !== true) return cv
  return Math.sqrt(Math.max(0, (space.spread[i] ?? 1) * (1 + cv * cv) - 1))
}

/**
 * Lets messages join a queue's: `by` says how much of each class inside cell `i` does. `there` are in the queue already. Messages are
 * taken in the mix of all that wait, so only shares are kept.
 */
export function putMessages(
  space: ClassSpace,
  shares: number[],
  o: {
    readonly i: number
    readonly first: number
    readonly there: number
    readonly count: number
    readonly failed: boolean
  },
): void {
  const { many, inside, fail } = space
  let sum = 0
  for (let k = 0; k < many; k += 1)
    sum += (inside[o.i * many + k] ?? 0) * partFailing(fail, o.i * many + k, o.failed)
  const all = o.there + o.count
  if (sum <= 1e-12 || all <= 0) return
  for (let k = 0; k < many; k += 1) {
    const part = ((inside[o.i * many + k] ?? 0) * partFailing(fail, o.i * many + k, o.failed)) / sum
    const at = o.first * many + k
    shares[at] = ((shares[at] ?? 0) * o.there + part * o.count) / all
  }
}

function partFailing(fail: Float64Array, at: number, failed: boolean): number {
  let sum = 0
  for (let s = 0; s < 5; s += 1) sum += fail[at * 5 + s] ?? 0
  return failed ? sum : Math.max(0, 1 - sum)
}
