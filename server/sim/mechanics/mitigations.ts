import type { CommandOf } from '../../../shared/contracts/index.ts'
import type { Params } from '../../../shared/contracts/mitigations.ts'
import type { Seat } from '../../../shared/contracts/seats.ts'
import { simMs } from '../../../shared/ids.ts'
import { rollFor } from '../dice.ts'
import { type Ctx, type Mechanic, PLAYERS, type Refusal, type ViewCtx } from '../mechanic.ts'
import { fillReveal } from './mitigations/reveal.ts'
import { citesIt, paramsOf, unavailableWhy } from './mitigations/rules.ts'
import { approves, busyUntil, type MitigationsState, type Run } from './mitigations/run.ts'
import { catalogueOf, mineOf, oddsFor, runView } from './mitigations/view.ts'

const PLAYING = ['running', 'paused'] as const
const WORK = PLAYERS.filter((r) => r !== 'scribe')

/** Actions on the system: proposed, approved, committed, rolled, carried out, perhaps reverted. */
export const mitigations: Mechanic<'mitigations', MitigationsState> = {
  init: () => ({ runs: [] }),
  may: {
    propose: { roles: PLAYERS, phases: PLAYING },
    approve: { roles: ['gm', 'commander'], phases: PLAYING },
    decline: { roles: ['gm', 'commander'], phases: PLAYING },
    withdraw: { roles: PLAYERS, phases: PLAYING },
    commit: { roles: PLAYERS, phases: ['running'] },
    revert: { roles: WORK, phases: ['running'] },
  },
  decide(state, command, ctx) {
    if (command.type === 'mitigations.propose') return propose(state, command, ctx)
    const run = state.runs.find((r) => r.id === command.run)
    if (!run) return { code: 'no-such-thing', where: 'run' }
    switch (command.type) {
      case 'mitigations.approve':
        return approve(run, command, ctx)
      case 'mitigations.decline':
        if (run.state !== 'proposed') return { code: 'already-done' }
        if (!approves(ctx.by, ctx)) return { code: 'not-yours' }
        run.state = 'declined'
        run.decided = { by: ctx.by.id, at: ctx.now, why: command.why }
        ctx.emit(
          { type: 'mitigations.declined', ...about(run, ctx), seat: ctx.by.id, why: command.why },
          ctx.by.id,
        )
        return undefined
      case 'mitigations.withdraw':
        if (run.by !== ctx.by.id) return { code: 'not-yours' }
        if (run.state !== 'proposed' && run.state !== 'approved') return { code: 'already-done' }
        run.state = 'withdrawn'
        ctx.emit({ type: 'mitigations.withdrawn', ...about(run, ctx), seat: run.by }, run.by)
        return undefined
      case 'mitigations.commit':
        return commit(state, run, ctx)
      case 'mitigations.revert': {
        const view = runView(run, ctx, false)
        if (!view.revertible) return { code: 'unavailable' }
        if (run.by !== ctx.by.id && !specOf(run, ctx).roles.some((r) => ctx.by.roles.includes(r)))
          return { code: 'not-yours' }
        run.state = 'reverted'
        ctx.emit({ type: 'mitigations.reverted', ...about(run, ctx), seat: ctx.by.id }, ctx.by.id)
        return undefined
      }
    }
  },
  due(state, item, ctx) {
    const run = state.runs.find((r) => r.id === item.key)
    if (!run || run.state !== 'in-progress') return
    const spec = specOf(run, ctx)
    run.endedAt = ctx.now
    if (run.roll && !run.roll.success) {
      run.state = 'failed'
      run.result = 'It did not work this time. Nothing was changed; it can be tried again.'
      ctx.emit({ type: 'mitigations.failed', ...about(run, ctx), seat: run.by, class: spec.class }, run.by)
      return
    }
    run.state = 'done'
    run.result = spec.reveals === '' ? 'Done.' : fillReveal(spec.reveals, ctx)
    const { params } = run
    const reveals = spec.reveals === '' ? '' : run.result
    ctx.emit(
      { type: 'mitigations.done', ...about(run, ctx), seat: run.by, class: spec.class, params, reveals },
      run.by,
    )
  },
  view: {
    gm: (state, ctx) => see(state, ctx, true),
    commander: (state, ctx) => see(state, ctx, false),
    operations: (state, ctx) => see(state, ctx, false),
    communications: (state, ctx) => see(state, ctx, false),
    scribe: (state, ctx) => see(state, ctx, false),
    observer: (state, ctx) => see(state, ctx, false),
  },
  mine: mineOf,
}

const see = (state: MitigationsState, ctx: ViewCtx, gm: boolean) => ({
  catalogue: catalogueOf(state, ctx, gm),
  runs: state.runs.map((r) => runView(r, ctx, gm)),
})

const specOf = (run: Run, ctx: ViewCtx) => {
  const spec = ctx.scenario.spec.mitigations[run.mitigation]
  if (!spec) throw new Error(`a run of an unknown mitigation: ${run.mitigation}`)
  return spec
}
const about = (run: Run, ctx: ViewCtx) => ({
  run: run.id,
  mitigation: run.mitigation,
  title: specOf(run, ctx).title,
})

// A person has a handful of ideas open at once; more is a stuck key.
const MOST_OPEN = 8

function propose(
  state: MitigationsState,
  command: Extract<CommandOf<'mitigations'>, { type: 'mitigations.propose' }>,
  ctx: Ctx & { by: Seat },
): Refusal | undefined {
  const spec = ctx.scenario.spec.mitigations[command.mitigation]
  if (!spec) return { code: 'no-such-thing', where: 'mitigation' }
  if (!spec.roles.some((r) => ctx.by.roles.includes(r))) return { code: 'not-yours' }
  const params: Params | string = paramsOf(spec, command.params)
  if (typeof params === 'string') return { code: 'bad-parameter', where: params }
  if (command.cite && !citesIt(ctx.scenario, command.cite, command.mitigation))
    return { code: 'not-cited', where: 'cite' }
  if (unavailableWhy(state, command.mitigation, ctx) !== null) return { code: 'unavailable' }
  const open = state.runs.filter(
    (r) => r.by === ctx.by.id && (r.state === 'proposed' || r.state === 'approved'),
  )
  if (open.length >= MOST_OPEN) return { code: 'too-many' }
  if (open.some((r) => r.mitigation === command.mitigation)) return { code: 'already-done' }
  const free = ctx.table.settings.approval === 'none'
  const run: Run = {
    id: ctx.id('run'),
    mitigation: command.mitigation,
    params,
    by: ctx.by.id,
    reason: command.reason,
    cite: command.cite,
    state: free ? 'approved' : 'proposed',
    proposedAt: ctx.now,
    decided: free ? { by: null, at: ctx.now, why: '' } : null,
    dc: spec.dc,
    bonus: 0,
    advantage: 0,
    frozen: null,
    roll: null,
    startedAt: null,
    endsAt: null,
    endedAt: null,
    result: '',
  }
  state.runs.push(run)
  const { reason, cite } = run
  ctx.emit({ type: 'mitigations.proposed', ...about(run, ctx), seat: run.by, reason, params, cite }, run.by)
  if (free) ctx.emit({ type: 'mitigations.approved', ...about(run, ctx), seat: null })
  return undefined
}

function approve(
  run: Run,
  command: Extract<CommandOf<'mitigations'>, { type: 'mitigations.approve' }>,
  ctx: Ctx & { by: Seat },
): Refusal | undefined {
  if (run.state !== 'proposed') return { code: 'already-done' }
  if (!approves(ctx.by, ctx)) return { code: 'not-yours' }
  const { dc, bonus, advantage } = command
  if (!ctx.by.roles.includes('gm') && (dc !== undefined || bonus !== undefined || advantage !== undefined))
    return { code: 'not-yours', where: 'dc' }
  run.dc = dc ?? run.dc
  run.bonus = bonus ?? 0
  run.advantage = advantage === undefined ? 0 : advantage > 0 ? 1 : advantage < 0 ? -1 : 0
  run.state = 'approved'
  run.decided = { by: ctx.by.id, at: ctx.now, why: '' }
  ctx.emit({ type: 'mitigations.approved', ...about(run, ctx), seat: ctx.by.id }, ctx.by.id)
  return undefined
}

function commit(state: MitigationsState, run: Run, ctx: Ctx & { by: Seat }): Refusal | undefined {
  if (run.by !== ctx.by.id) return { code: 'not-yours' }
  if (run.state !== 'approved') return { code: 'already-done' }
  if (busyUntil(state, run.by) !== null) return { code: 'busy' }
  if (unavailableWhy(state, run.mitigation, ctx) !== null) return { code: 'unavailable' }
  const spec = specOf(run, ctx)
  const dice = ctx.table.settings.dice !== 'off'
  const odds = oddsFor(run, ctx)
  const roll = rollFor({ seed: ctx.seed, run: run.id, odds, dice })
  run.frozen = odds
  run.roll = roll
  run.state = 'in-progress'
  run.startedAt = ctx.now
  run.endsAt = simMs(ctx.now + spec.takes)
  ctx.schedule(run.id, run.endsAt)
  if (dice) ctx.emit({ type: 'mitigations.rolled', ...about(run, ctx), seat: run.by, odds, roll }, run.by)
  ctx.emit(
    {
      type: 'mitigations.started',
      ...about(run, ctx),
      seat: run.by,
      class: spec.class,
      params: run.params,
      cite: run.cite,
    },
    run.by,
  )
  return undefined
}
