import type { MineOf } from '../../../../shared/contracts/index.ts'
import type { MitigationInfo, Odds, ParamInfo, RunView } from '../../../../shared/contracts/mitigations.ts'
import type { Seat } from '../../../../shared/contracts/seats.ts'
import { oddsOf } from '../../dice.ts'
import type { ViewCtx } from '../../mechanic.ts'
import type { MitigationSpec } from '../../scenario/schema.ts'
import { approves, busyUntil, type MitigationsState, type Run } from './run.ts'
import { unavailableWhy } from './rules.ts'

const diceOn = (ctx: ViewCtx) => ctx.table.settings.dice !== 'off'

/** The odds of a run as they stand now, or as they were frozen. */
export function oddsFor(run: Run, ctx: ViewCtx): Odds {
  const seat = ctx.table.seats.find((s) => s.id === run.by)
  const proficient = seat?.roles.includes('operations') ?? false
  const { dc, bonus, advantage } = run
  return (
    run.frozen ?? oddsOf({ dc, bonus, advantage, cited: run.cite !== null, proficient, dice: diceOn(ctx) })
  )
}

/** A run as a role sees it; behind the screen only the game master reads the dice. */
export function runView(run: Run, ctx: ViewCtx, gm: boolean): RunView {
  const spec = ctx.scenario.spec.mitigations[run.mitigation]
  const hideRoll = !gm && ctx.table.settings.dice === 'screen'
  return {
    id: run.id,
    mitigation: run.mitigation,
    title: spec?.title ?? run.mitigation,
    params: run.params,
    by: run.by,
    reason: run.reason,
    cite: run.cite,
    state: run.state,
    proposedAt: run.proposedAt,
    decided: run.decided,
    odds: oddsFor(run, ctx),
    roll: hideRoll || run.roll?.dice.length === 0 ? null : run.roll,
    startedAt: run.startedAt,
    endsAt: run.endsAt,
    endedAt: run.endedAt,
    result: run.result,
    revertible: run.state === 'done' && (spec?.reverts ?? false) && (spec?.effects.length ?? 0) > 0,
  }
}

function paramInfo([id, p]: [string, MitigationSpec['params'][string]]): ParamInfo {
  const { title } = p
  if (p.kind === 'choice')
    return {
      kind: 'choice',
      id,
      title,
      default: p.default,
      options: Object.entries(p.options).map(([value, t]) => ({ value, title: t })),
    }
  return { kind: 'number', id, title, unit: p.unit, min: p.min, max: p.max, step: p.step, default: p.default }
}

/** Everything that can be done, with what can be seen of its chances. */
export function catalogueOf(state: MitigationsState, ctx: ViewCtx, gm: boolean): MitigationInfo[] {
  return Object.entries(ctx.scenario.spec.mitigations).map(([id, spec]) => {
    const plain = {
      dc: spec.dc,
      bonus: 0,
      advantage: 0,
      proficient: spec.roles.includes('operations'),
      dice: diceOn(ctx),
    } as const
    return {
      id,
      title: spec.title,
      description: spec.description,
      diagnostic: spec.diagnostic,
      component: spec.component ?? null,
      params: Object.entries(spec.params).map(paramInfo),
      durationMs: spec.takes,
      roles: spec.roles,
      unavailable: unavailableWhy(state, id, ctx),
      steps: ctx.scenario.playbooks.flatMap((b) =>
        b.view.steps
          .filter((s) => s.links.some((l) => l.mitigation === id))
          .map((s) => ({ book: b.view.id, step: s.id })),
      ),
      odds: oddsOf({ ...plain, cited: false }),
      oddsCited: oddsOf({ ...plain, cited: true }),
      ...(gm && { class: spec.class }),
    }
  })
}

/** What one seat could do right now: the buttons it is shown. */
export function mineOf(state: MitigationsState, seat: Seat, ctx: ViewCtx): MineOf<'mitigations'> {
  const busy = busyUntil(state, seat.id)
  const ids = (test: (r: Run) => boolean) => state.runs.filter(test).map((r) => r.id)
  const playing = ctx.table.phase === 'running' || ctx.table.phase === 'paused'
  const has = (id: string) =>
    ctx.scenario.spec.mitigations[id]?.roles.some((r) => seat.roles.includes(r)) ?? false
  const open = (r: Run) => r.state === 'proposed' || r.state === 'approved'
  return {
    busyUntil: busy,
    canPropose: playing
      ? Object.keys(ctx.scenario.spec.mitigations).filter(
          (id) => has(id) && unavailableWhy(state, id, ctx) === null,
        )
      : [],
    canApprove: playing && approves(seat, ctx) ? ids((r) => r.state === 'proposed') : [],
    canCommit:
      ctx.table.phase === 'running' && busy === null
        ? ids(
            (r) =>
              r.by === seat.id && r.state === 'approved' && unavailableWhy(state, r.mitigation, ctx) === null,
          )
        : [],
    canWithdraw: playing ? ids((r) => r.by === seat.id && open(r)) : [],
    canRevert:
      ctx.table.phase === 'running'
        ? ids((r) => (r.by === seat.id || has(r.mitigation)) && runView(r, ctx, false).revertible)
        : [],
  }
}
