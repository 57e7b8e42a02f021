import * as exact from './histogram.ts'
import type { Histogram } from './histogram.ts'

/** One step of a calculation with distributions: what was done to what, and what came of it. */
interface Step {
  readonly name: keyof typeof DO
  readonly a: Histogram | null
  readonly b: Histogram | null
  readonly x: number
  readonly y: number
  readonly out: Histogram | null
}

const bits = new Float32Array(1)
const whole = new Int32Array(bits.buffer)
/** Rounds to steps of about 0.4 %, whole numbers up to 256 not at all: noise in later digits is no news for a percentile. */
function rough(x: number): number {
  bits[0] = x
  whole[0] = ((whole[0] ?? 0) + 0x4000) & ~0x7fff
  return bits[0] ?? 0
}

const NONE = exact.histogram()
const DO = {
  always: (_a: Histogram, _b: Histogram, x: number) => exact.always(x),
  between: (_a: Histogram, _b: Histogram, x: number, y: number) => exact.between(x, y),
  waitTime: (_a: Histogram, _b: Histogram, x: number, y: number) => exact.waitTime(x, y),
  sum: (a: Histogram, b: Histogram) => exact.sum(a, b),
  mixed: (a: Histogram, b: Histogram, x: number) => exact.mixed(a, b, x),
  capped: (a: Histogram, _b: Histogram, x: number) => exact.capped(a, x),
} as const

let steps: Step[] | null = null
let at = 0

/**
 * Distributions as in `histogram.ts`, from numbers rounded to 0.4 %, with a memory: between `recall(list)` and `recall(null)` a step that
 * repeats the one at its place in the list, with the same numbers and the very same distributions, gives the same result without the work.
 * In a quiet system most are. A pure memo: what a step gives depends on its own arguments alone.
 */
export function recall(list: Step[] | null): void {
  // What was left over from a longer calculation is of no use to anybody.
  if (steps && steps.length > at) steps.length = at
  steps = list
  at = 0
}

function step(
  name: Step['name'],
  a: Histogram | null,
  b: Histogram | null,
  x: number,
  y: number,
): Histogram | null {
  const kept = steps?.[at]
  if (kept && kept.name === name && kept.a === a && kept.b === b && kept.x === x && kept.y === y) {
    at += 1
    return kept.out
  }
  const out = DO[name](a ?? NONE, b ?? NONE, x, y)
  if (steps) {
    steps[at] = { name, a, b, x, y, out }
    at += 1
  }
  return out
}
/** Steps that always give a distribution. */
const sure = (
  name: Exclude<Step['name'], 'waitTime'>,
  a: Histogram | null,
  b: Histogram | null,
  x = 0,
  y = 0,
) => step(name, a, b, x, y) ?? NONE

export const always = (seconds: number): Histogram => sure('always', null, null, rough(seconds))
export const between = (low: number, high: number): Histogram =>
  sure('between', null, null, rough(low), rough(high))
export const waitTime = (chance: number, scale: number): Histogram | null =>
  step('waitTime', null, null, rough(chance), rough(scale))
export const sum = (a: Histogram, b: Histogram): Histogram => sure('sum', a, b)
export const mixed = (a: Histogram, b: Histogram, weight: number): Histogram =>
  sure('mixed', a, b, rough(weight))
export const capped = (h: Histogram, timeout: number): Histogram => sure('capped', h, null, rough(timeout))

const lists = new WeakMap<object, Step[][]>()
/** The list of steps number `n` that belongs to `owner`. */
export function stepsOf(owner: object, n: number): Step[] {
  const own = lists.get(owner) ?? []
  lists.set(owner, own)
  return (own[n] ??= [])
}
