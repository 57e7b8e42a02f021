import type { ScenarioCard } from '../../../shared/api.ts'

/** Scenarios in which every word occurs somewhere that people read, of one of the levels (none means all), easiest first. */
export function findScenarios(
  cards: readonly ScenarioCard[],
  { query, levels }: { readonly query: string; readonly levels: readonly number[] },
): ScenarioCard[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return cards
    .filter((c) => levels.length === 0 || levels.includes(c.level))
    .filter((c) => {
      const text = [c.codename, c.company, c.summary, c.kind, ...c.topics, ...c.playbooks, ...c.goals]
        .join('\n')
        .toLowerCase()
      return words.every((w) => text.includes(w))
    })
    .toSorted((a, b) => a.level - b.level || a.codename.localeCompare(b.codename))
}
