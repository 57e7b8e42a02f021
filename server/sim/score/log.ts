import type { Fact } from '../../../shared/contracts/index.ts'
import { type SimMs, simMs, type WallMs } from '../../../shared/ids.ts'
import type { Input, TimedFact } from '../input.ts'

/** One accepted input and the facts it brought: what a record is computed from. */
export interface LogEntry {
  readonly n: number
  readonly input: Input
  readonly facts: readonly TimedFact[]
}

type Typed<T extends Fact['type']> = Omit<TimedFact, 'fact'> & { readonly fact: Extract<Fact, { type: T }> }

/** All facts of some types, in log order. */
export function factsOf<T extends Fact['type']>(
  facts: readonly TimedFact[],
  ...types: readonly T[]
): readonly Typed<T>[] {
  const wanted: readonly string[] = types
  return facts.filter((f): f is Typed<T> => wanted.includes(f.fact.type))
}

/** Commands of people with the exercise time at which they came. */
export function commandsOf(entries: readonly LogEntry[]) {
  let now = simMs(0)
  const out: { at: SimMs; input: Extract<Input, { type: 'command' }> }[] = []
  for (const { input } of entries) {
    if (input.type === 'advance') now = input.to
    if (input.type === 'command') out.push({ at: now, input })
  }
  return out
}

/**
 * Wall time at an exercise time: when the log's clock first reached it, to the length of one advance.
 * `late` is the answer where the log never did.
 */
export function wallAt(entries: readonly LogEntry[], at: SimMs, late: WallMs): WallMs {
  for (const { input } of entries) if (input.type === 'advance' && input.to >= at) return input.wall
  return late
}
