import type { Outcome } from '../../shared/record.ts'
import type { Scenario } from '../sim/scenario/scenario.ts'

/** What a scenario and a seed come to without a table: with nobody acting, and at best. */
export interface Benchmarks {
  readonly idle: Outcome
  readonly par: Outcome
}
export type FindBenchmarks = (scenario: Scenario, seed: number) => Promise<Benchmarks>

/**
 * Remembers what `find` found by scenario hash and seed, the newest `keep` of them (64 by default, a few hundred bytes
 * each). Asked again meanwhile, it gives the same promise; searches run one after the other; a failure is not kept.
 */
export function createParCache({
  find,
  keep = 64,
}: {
  readonly find: FindBenchmarks
  readonly keep?: number
}): FindBenchmarks {
  const results = new Map<string, Promise<Benchmarks>>()
  let last: Promise<unknown> = Promise.resolve()
  return (scenario, seed) => {
    const key = `${scenario.hash} ${seed}`
    const there = results.get(key)
    if (there) return there
    // In a row, not side by side: the search is a guest on this machine, exercises come first.
    const found = last.then(() => find(scenario, seed))
    results.set(key, found)
    const oldest = results.keys().next().value
    if (results.size > keep && oldest !== undefined) results.delete(oldest)
    // Whoever asked hears of a failure through their own promise; the next one who asks tries again.
    last = found.catch(() => {
      if (results.get(key) === found) results.delete(key)
    })
    return found
  }
}
