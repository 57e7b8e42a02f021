import type { ScenarioCard, ScenarioSpoilers } from '../../shared/api.ts'
import type { Scenario } from '../sim/scenario/scenario.ts'

/** A scenario as anybody may see it: nothing in it tells what the matter will be. */
export function cardOf(id: string, { spec, playbooks }: Scenario): ScenarioCard {
  const { codename, company, summary, kind, level, minutes, seats, topics } = spec
  return {
    id,
    codename,
    company,
    summary,
    kind,
    level,
    minutes,
    seats,
    topics,
    goals: Object.values(spec.objectives),
    components: Object.keys(spec.system.components).length,
    playbooks: playbooks.map((b) => b.view.title),
  }
}

/** What a game master who asks for it reads before hosting. */
export function spoilersOf(id: string, { spec }: Scenario): ScenarioSpoilers {
  const titleOf = (mitigation: string) => spec.mitigations[mitigation]?.title ?? mitigation
  return {
    id,
    slug: spec.id,
    title: spec.title,
    truth: spec.incident.truth,
    solution: spec.solution.map(({ mitigation, params }) => {
      const of = spec.mitigations[mitigation]?.params ?? {}
      const set = Object.entries(params).map(([name, value]) => `${of[name]?.title ?? name}: ${value}`)
      return set.length > 0 ? `${titleOf(mitigation)} (${set.join(', ')})` : titleOf(mitigation)
    }),
    tempting: Object.values(spec.mitigations).flatMap((m) =>
      m.class === 'tempting' || m.class === 'wrong' ? [m.title] : [],
    ),
    sources: spec.debrief.sources,
  }
}
