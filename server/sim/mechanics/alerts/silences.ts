import type { CommandOf } from '../../../../shared/contracts/index.ts'
import type { Seat } from '../../../../shared/contracts/seats.ts'
import type { Silence } from '../../../../shared/contracts/alerts.ts'
import { type SeatId, simMs } from '../../../../shared/ids.ts'
import type { Ctx, Refusal } from '../../mechanic.ts'
import { groupOf, groupTitle, type State } from './state.ts'

type Silencing = Extract<CommandOf<'alerts'>, { type: 'alerts.silence' }>
const MOST_SILENCES = 50

/** Keeps a rule or a group quiet. Only what has fired before can be named: the list of rules is not for players. */
export function silence(state: State, command: Silencing, ctx: Ctx & { by: Seat }): Refusal | undefined {
  const { target, of, minutes, reason } = command
  const known = state.firings.find((f) => {
    const spec = ctx.scenario.spec.alerts[f.rule]
    return spec && of === (target === 'rule' ? f.rule : groupOf(ctx, f.rule, spec))
  })
  const spec = known && ctx.scenario.spec.alerts[known.rule]
  if (!known || !spec) return { code: 'no-such-thing', where: 'of' }
  if (state.silences.some((s) => s.target === target && s.of === of)) return { code: 'already-done' }
  if (state.silences.length >= MOST_SILENCES) return { code: 'too-many' }
  const until = simMs(ctx.now + minutes * 60_000)
  const title = target === 'rule' ? spec.title : groupTitle(ctx, known.rule, spec)
  const id = ctx.id('silence')
  state.silences.push({ id, target, of, title, by: ctx.by.id, from: ctx.now, until, reason })
  ctx.schedule(`silence:${id}`, until)
  ctx.emit({ type: 'alerts.silenced', silence: id, title, seat: ctx.by.id, until, reason }, ctx.by.id)
  return undefined
}

/** Ends a silence: by hand, or because its time is over. */
export function endSilence(
  state: State,
  o: { readonly silence: Silence; readonly seat: SeatId | null },
  ctx: Ctx,
): void {
  const { id, title } = o.silence
  state.silences = state.silences.filter((s) => s.id !== id)
  ctx.cancel(`silence:${id}`)
  ctx.emit({ type: 'alerts.unsilenced', silence: id, title, seat: o.seat }, o.seat)
}
