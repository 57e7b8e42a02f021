import type { ExerciseRecord } from '../../../shared/record.ts'
import type { TimedFact } from '../input.ts'
import type { ScoredScenario } from './scored.ts'
import { factsOf } from './log.ts'

export type Run = ExerciseRecord['mitigations'][number]

/** Every action from its proposal to its result, in the order of proposal. */
export function runsOf(facts: readonly TimedFact[], scenario: ScoredScenario): readonly Run[] {
  const runs = new Map<string, Run>()
  const change = (id: string, to: Partial<Run>) => {
    const run = runs.get(id)
    if (run) runs.set(id, { ...run, ...to })
  }
  for (const { at, fact } of facts) {
    switch (fact.type) {
      case 'mitigations.proposed': {
        const { run: id, mitigation, title, seat, params, reason, cite } = fact
        runs.set(id, {
          id,
          mitigation,
          title,
          class: scenario.spec.mitigations[mitigation]?.class ?? 'neutral',
          seat,
          params,
          reason,
          cite,
          state: 'proposed',
          proposedAt: at,
          startedAt: null,
          endedAt: null,
          odds: null,
          roll: null,
        })
        break
      }
      case 'mitigations.approved':
        change(fact.run, { state: 'approved' })
        break
      case 'mitigations.declined':
        change(fact.run, { state: 'declined', endedAt: at })
        break
      case 'mitigations.withdrawn':
        change(fact.run, { state: 'withdrawn', endedAt: at })
        break
      case 'mitigations.rolled':
        change(fact.run, { odds: fact.odds, roll: fact.roll })
        break
      case 'mitigations.started':
        change(fact.run, { state: 'in-progress', startedAt: at, params: fact.params })
        break
      case 'mitigations.done':
        change(fact.run, { state: 'done', endedAt: at })
        break
      case 'mitigations.failed':
        change(fact.run, { state: 'failed', endedAt: at })
        break
      case 'mitigations.reverted':
        change(fact.run, { state: 'reverted' })
        break
    }
  }
  return [...runs.values()]
}

/** Successes expected from the odds against successes rolled, over the rolls in which dice really fell. */
export function luckOf(facts: readonly TimedFact[]): ExerciseRecord['luck'] {
  const rolls = factsOf(facts, 'mitigations.rolled').filter((f) => f.fact.roll.dice.length > 0)
  return {
    rolls: rolls.length,
    expected: rolls.reduce((sum, f) => sum + f.fact.odds.chance, 0),
    actual: rolls.filter((f) => f.fact.roll.success).length,
  }
}
