import type { Settings } from '../../../shared/contracts/lifecycle.ts'
import type { Seat } from '../../../shared/contracts/seats.ts'
import type { ScoredScenario } from './scored.ts'
import type { Names } from './sentences.ts'

/** The words for what facts mention by id, taken from the scenario and from who sits (or sat) at the table. */
export function namesOf(
  scenario: ScoredScenario,
  seats: readonly Pick<Seat, 'id' | 'name'>[],
  dice: Settings['dice'],
): Names {
  return {
    dice,
    seat: (id) => seats.find((s) => s.id === id)?.name ?? 'somebody who left',
    slo: (id) => scenario.spec.slos[id]?.title ?? id,
    goal: (id) => scenario.spec.objectives[id] ?? id,
    state: (id) => scenario.chartView.nodes.find((n) => n.id === id)?.title ?? id,
    step(book, step) {
      const view = scenario.playbooks.find((b) => b.view.id === book)?.view
      const title = view?.steps.find((s) => s.id === step)?.title
      return title === undefined ? (view?.title ?? book) : `${view?.title ?? book} › ${title}`
    },
  }
}
