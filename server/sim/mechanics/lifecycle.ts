import type { Settings, Speed } from '../../../shared/contracts/lifecycle.ts'
import type { SeatId, SimMs, WallMs } from '../../../shared/ids.ts'
import type { Phase, Role } from '../../../shared/roles.ts'
import { type Ctx, EVERYONE, isFact, type Mechanic, type Permission, type ViewCtx } from '../mechanic.ts'

export interface LifecycleState {
  phase: Phase
  name: string
  joinCode: string
  settings: Settings
  speed: Speed
  stopped: { by: SeatId | null; note: string; at: SimMs } | null
  /** Wall time at which the clock last started, stopped or changed speed. */
  movedAt: WallMs
}

const leads = (phases: readonly Phase[]): Permission => ({
  roles: ['gm'],
  automatic: ['commander', 'operations'],
  phases,
})

function see(state: LifecycleState, ctx: ViewCtx) {
  const { spec, briefing } = ctx.scenario
  return {
    name: state.name,
    codename: spec.codename,
    company: spec.company,
    summary: spec.summary,
    briefing,
    minutes: spec.minutes,
    level: spec.level,
    phase: state.phase,
    speed: state.speed,
    settings: state.settings,
    joinCode: state.joinCode,
    now: ctx.now,
    wall: ctx.wall,
    stopped: state.stopped,
  }
}
const seeAsGm = (state: LifecycleState, ctx: ViewCtx) => ({
  ...see(state, ctx),
  scenario: { id: ctx.scenario.spec.id, title: ctx.scenario.spec.title, seed: ctx.seed },
})

/** Phases and the clock. Its first state is made by the core, which knows how the exercise was hosted. */
export const lifecycle: Mechanic<'lifecycle', LifecycleState> = {
  init() {
    throw new Error('the core makes the first lifecycle state')
  },
  may: {
    brief: leads(['lobby']),
    start: leads(['briefing']),
    pause: leads(['running']),
    resume: leads(['paused']),
    speed: leads(['briefing', 'running', 'paused']),
    stop: { roles: EVERYONE, phases: ['briefing', 'running', 'paused'] },
    finish: leads(['running', 'paused']),
    close: leads(['hot-wash']),
  },
  decide(state, command, ctx) {
    const by = ctx.by.id
    const to = (phase: Phase) => {
      state.phase = phase
      state.movedAt = ctx.wall
    }
    switch (command.type) {
      case 'lifecycle.brief':
        to('briefing')
        ctx.emit({ type: 'lifecycle.briefed' }, by)
        return undefined
      case 'lifecycle.start':
        to('running')
        ctx.emit({ type: 'lifecycle.started' }, by)
        return undefined
      case 'lifecycle.pause':
        to('paused')
        ctx.emit({ type: 'lifecycle.paused' }, by)
        return undefined
      case 'lifecycle.resume':
        to('running')
        state.stopped = null
        ctx.emit({ type: 'lifecycle.resumed' }, by)
        return undefined
      case 'lifecycle.speed':
        if (state.speed === command.speed) return { code: 'already-done' }
        state.speed = command.speed
        state.movedAt = ctx.wall
        ctx.emit({ type: 'lifecycle.speed-changed', speed: command.speed }, by)
        return undefined
      case 'lifecycle.stop':
        if (state.stopped) return { code: 'already-done' }
        if (state.phase === 'running') to('paused')
        state.stopped = { by, note: command.note, at: ctx.now }
        ctx.emit({ type: 'lifecycle.stopped', note: command.note }, by)
        return undefined
      case 'lifecycle.finish':
        finish(state, ctx, by)
        return undefined
      case 'lifecycle.close':
        to('closed')
        ctx.emit({ type: 'lifecycle.closed' }, by)
        return undefined
    }
  },
  react(state, { fact }, ctx) {
    // With nobody at the screen, a resolved system ends the hour by itself, a little later so that it can be seen.
    if (isFact(fact, 'incident.resolved') && state.settings.lead === 'automatic')
      ctx.schedule('end', (ctx.now + 60_000) as SimMs)
  },
  due(state, _item, ctx) {
    finish(state, ctx, null)
  },
  view: {
    gm: seeAsGm,
    commander: see,
    operations: see,
    communications: see,
    scribe: see,
    observer: see,
  } satisfies { [R in Role]: unknown },
}

function finish(state: LifecycleState, ctx: Ctx, by: SeatId | null) {
  state.phase = 'hot-wash'
  state.stopped = null
  state.movedAt = ctx.wall
  ctx.emit({ type: 'lifecycle.finished', early: ctx.now < ctx.scenario.spec.minutes * 60_000 }, by)
}
