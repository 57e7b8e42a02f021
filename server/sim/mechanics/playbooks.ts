import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { SeatId, SimMs } from '../../../shared/ids.ts'
import { EVERYONE, type Mechanic, PLAYERS, type ViewCtx } from '../mechanic.ts'
import type { Expr, Read } from '../scenario/expression.ts'
import type { Scenario } from '../scenario/scenario.ts'

interface State {
  open: Record<string, { book: string; step: string | null }>
  flags: ViewOf<'playbooks'>['flags'][number][]
}

const truthOf = (expr: Expr | null | undefined, read: Read): boolean | null => {
  const value = expr?.value(read) ?? null
  return value === null ? null : Boolean(value)
}

/** Does a step apply, has it worked: told from what players can see. Null is unknown or "no such check". */
export function checkOf(
  scenario: Scenario,
  at: { book: string; step: string | null },
  read: Read,
): { when: boolean | null; done: boolean | null } {
  const checks =
    at.step === null ? undefined : scenario.playbooks.find((b) => b.view.id === at.book)?.checks[at.step]
  return { when: truthOf(checks?.when, read), done: truthOf(checks?.done, read) }
}

const exists = (scenario: Scenario, at: { book: string; step: string | null }) => {
  const book = scenario.playbooks.find((b) => b.view.id === at.book)
  return book !== undefined && (at.step === null || book.view.steps.some((s) => s.id === at.step))
}

const MOST_FLAGS = 300

/** The books on the table: what is open before whom, whether a step's checks hold, what the table found wrong. */
export const playbooks: Mechanic<'playbooks', State> = {
  init: () => ({ open: {}, flags: [] }),
  may: {
    open: { roles: EVERYONE, phases: ['lobby', 'briefing', 'running', 'paused', 'hot-wash'] },
    flag: { roles: [...PLAYERS, 'observer'], phases: ['briefing', 'running', 'paused', 'hot-wash'] },
  },
  decide(state, command, ctx) {
    const { book, step } = command
    if (!exists(ctx.scenario, command)) return { code: 'no-such-thing', where: 'step' }
    const seat: SeatId = ctx.by.id
    switch (command.type) {
      case 'playbooks.open': {
        const before = state.open[seat]
        if (before && before.book === book && before.step === step) return undefined
        state.open[seat] = { book, step }
        ctx.emit(
          { type: 'playbooks.opened', seat, book, step, ...checkOf(ctx.scenario, command, ctx.seen) },
          seat,
        )
        return undefined
      }
      case 'playbooks.flag': {
        const { flag, why } = command
        if (state.flags.length >= MOST_FLAGS) return { code: 'too-many' }
        const at: SimMs = ctx.now
        state.flags.push({ seat, book, step, flag, why, at })
        ctx.emit({ type: 'playbooks.flagged', seat, book, step, flag, why }, seat)
        return undefined
      }
    }
  },
  view: { gm: see, commander: see, operations: see, communications: see, scribe: see, observer: see },
  mine: (state, seat) => ({ open: state.open[seat.id] ?? null }),
}

function see(state: State, ctx: ViewCtx): ViewOf<'playbooks'> {
  const checks: Record<string, { when: boolean | null; done: boolean | null }> = {}
  for (const { view, checks: of } of ctx.scenario.playbooks) {
    for (const [step, check] of Object.entries(of)) {
      if (check.when || check.done)
        checks[`${view.id}#${step}`] = checkOf(ctx.scenario, { book: view.id, step }, ctx.seen)
    }
  }
  return { books: ctx.scenario.playbooks.map((b) => b.view), checks, flags: state.flags }
}
