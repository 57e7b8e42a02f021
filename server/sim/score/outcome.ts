import type { Outcome } from '../../../shared/record.ts'
import type { TimedFact } from '../input.ts'
import type { ScoredScenario } from './scored.ts'
import { factsOf } from './log.ts'
import { fromImpact, type Marks } from './marks.ts'

/**
 * How one run came out, from its facts alone: durations in exercise ms from the start of impact, and the newest
 * totals of each objective. Objectives over the same traffic count the same requests, so the worst of them counts.
 */
export function outcomeOf(options: {
  readonly label: string
  readonly scenario: ScoredScenario
  readonly facts: readonly TimedFact[]
  readonly marks: Marks
}): Outcome {
  const { label, scenario, facts, marks } = options
  const newest = new Map(factsOf(facts, 'objectives.measured').map((f) => [f.fact.slo, f.fact]))
  const failed = new Map<string, number>()
  for (const { slo, bad } of newest.values()) {
    const traffic = scenario.spec.slos[slo]?.traffic ?? slo
    failed.set(traffic, Math.max(bad, failed.get(traffic) ?? 0))
  }
  const measured = [...newest.values()]
  return {
    label,
    ttd: fromImpact(marks, 'detected'),
    tta: fromImpact(marks, 'acknowledged'),
    ttm: fromImpact(marks, 'mitigated'),
    ttr: fromImpact(marks, 'resolved'),
    failedRequests: Math.round([...failed.values()].reduce((a, b) => a + b, 0)),
    impactMs: Math.max(0, ...measured.map((m) => m.impactMs)),
    budgetSpent: Math.max(0, ...measured.map((m) => m.spent)),
  }
}
