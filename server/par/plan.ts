import type { Params } from '../../shared/contracts/mitigations.ts'
import type { ScenarioSpec } from '../sim/scenario/schema.ts'
import type { Headless } from './headless.ts'

/** What a search reads of a scenario. */
type Planned = { readonly spec: Pick<ScenarioSpec, 'solution' | 'mitigations'> }

/** One decision: what to do, by which pair of hands, and how long to wait before it once its turn has come. */
export interface Move {
  readonly mitigation: string
  readonly params: Params
  readonly hand: number
  readonly waitMs: number
}
/** What a flawless table might do: begin this long after detection and do one move after the other, or all at once. */
export interface Plan {
  readonly startMs: number
  readonly moves: readonly Move[]
  readonly together: boolean
}

/** How long after detection the grid lets a table begin. */
const STARTS_MS = [30_000, 120_000] as const

/**
 * The grid of decisions: the author's solution in its order, the same with as many hands as it has moves, and each
 * right action alone with its default values; each begun at every start. Coarse on purpose: see `bestFound`.
 */
export function plansOf({ spec }: Planned): readonly Plan[] {
  const solution = spec.solution.map((s) => ({ mitigation: s.mitigation, params: s.params, waitMs: s.wait }))
  const inOrder = solution.map((s) => ({ ...s, hand: 0 }))
  const atOnce = solution.map((s, hand) => ({ ...s, hand }))
  const rights = Object.entries(spec.mitigations).flatMap(([id, m]) =>
    m.class === 'right' && !m.diagnostic ? [id] : [],
  )
  const alone = rights.map((mitigation) => [{ mitigation, params: {}, waitMs: 0, hand: 0 }])
  return STARTS_MS.flatMap((startMs) => [
    ...(inOrder.length > 0 ? [{ startMs, moves: inOrder, together: false }] : []),
    ...(atOnce.length > 1 ? [{ startMs, moves: atOnce, together: true }] : []),
    ...(rights.length > 1 || inOrder.length !== 1
      ? alone.map((moves) => ({ startMs, moves, together: false }))
      : []),
  ])
}

/** A move whose preconditions do not hold is asked for again this often, and given up after a while. */
export const RETRY_MS = 5_000
const GIVE_UP_MS = 600_000

/** Tries one move: when its work will be over, or null when the engine refused it for now. */
function make(run: Headless, move: Move, takesMs: number): number | null {
  const proposed = run.ask(move.hand, {
    type: 'mitigations.propose',
    mitigation: move.mitigation,
    params: move.params,
    reason: '',
    cite: null,
  })
  if ('code' in proposed) return null
  const fact = proposed.find((f) => f.fact.type === 'mitigations.proposed')?.fact
  if (fact?.type !== 'mitigations.proposed') return null
  const committed = run.ask(move.hand, { type: 'mitigations.commit', run: fact.run })
  if (!('code' in committed)) return run.now + takesMs
  run.ask(move.hand, { type: 'mitigations.withdraw', run: fact.run })
  return null
}

/** The hands that carry a plan out: `act` does what is due now and says whether anything is left to do. */
export function follow(plan: Plan, scenario: Planned, from: number) {
  const takes = (m: Move) => scenario.spec.mitigations[m.mitigation]?.takes ?? 0
  let at = from + plan.startMs
  let queue = plan.moves.map((move, i) => {
    // In order, a move's turn comes when the one before is done; together, all turns come at the start.
    at += move.waitMs
    return { move, due: plan.together || i === 0 ? at : Infinity }
  })
  return {
    act(run: Headless): boolean {
      for (const item of queue) {
        if (run.now < item.due) continue
        const over = make(run, item.move, takes(item.move))
        if (over === null && run.now < item.due + GIVE_UP_MS) continue
        queue = queue.filter((q) => q !== item)
        const next = queue[0]
        if (!plan.together && next) queue[0] = { ...next, due: (over ?? run.now) + next.move.waitMs }
      }
      return queue.length > 0
    },
  }
}
