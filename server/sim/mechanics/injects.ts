import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { INJECT_STATES } from '../../../shared/contracts/injects.ts'
import { type SimMs, simMs } from '../../../shared/ids.ts'
import { type Ctx, isFact, type Mechanic } from '../mechanic.ts'
import type { InjectSpec } from '../scenario/schema.ts'

interface Item {
  state: (typeof INJECT_STATES)[number]
  plannedAt: SimMs | null
  deliveredAt: SimMs | null
  /** The condition's last answer: it is due on becoming true, not while being true. */
  was: boolean
}
interface State {
  items: Record<string, Item>
  /** Kinds of facts that have happened, for "has not acted by". */
  happened: Record<string, true>
  toldAt: SimMs | null
  /** Objectives that are broken now, and whether any ever was. */
  broken: string[]
  hurt: boolean
}

/** How long a due inject waits for the game master's hand before it delivers itself. */
const GRACE_MS = 30_000
/** How often pressure looks again whether anything hurts yet. */
const PRESSURE_LOOKS_MS = 60_000
const PLAYING = ['running', 'paused'] as const
const clock = (ms: number) =>
  `${String(Math.floor(ms / 60_000)).padStart(2, '0')}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`

function trigger(i: InjectSpec): string {
  if (i.at !== undefined) return `at ${clock(i.at)}`
  if (i.when !== undefined) return `when ${i.when}`
  if (i.unless !== undefined) return `if no “${i.unless.fact}” by ${clock(i.unless.by)}`
  return 'by hand'
}

/** The events list: what comes from outside the system, when, and by whose hand. */
export const injects: Mechanic<'injects', State> = {
  init: ({ scenario }) => ({
    items: Object.fromEntries(
      Object.entries(scenario.spec.injects).map(([id, i]) => {
        const at = i.at ?? i.unless?.by
        return [
          id,
          { state: 'planned', plannedAt: at === undefined ? null : simMs(at), deliveredAt: null, was: false },
        ]
      }),
    ),
    happened: {},
    toldAt: null,
    broken: [],
    hurt: false,
  }),
  may: {
    fire: { roles: ['gm'], phases: PLAYING },
    hold: { roles: ['gm'], phases: ['lobby', 'briefing', ...PLAYING] },
    release: { roles: ['gm'], phases: ['lobby', 'briefing', ...PLAYING] },
    skip: { roles: ['gm'], phases: ['lobby', 'briefing', ...PLAYING] },
    improvise: { roles: ['gm'], phases: PLAYING },
  },
  decide(state, command, ctx) {
    if (command.type === 'injects.improvise') {
      const { from, to, text } = command
      const id = ctx.id('inject')
      ctx.emit(
        {
          type: 'injects.delivered',
          inject: id,
          title: 'Improvised',
          from,
          to,
          via: 'direct',
          text,
          byHand: true,
        },
        ctx.by.id,
      )
      return undefined
    }
    const item = state.items[command.inject]
    const spec = ctx.scenario.spec.injects[command.inject]
    if (!item || !spec) return { code: 'no-such-thing', where: 'inject' }
    if (item.state === 'delivered' || item.state === 'skipped') return { code: 'already-done' }
    const about = { inject: command.inject, title: spec.title }
    switch (command.type) {
      case 'injects.fire':
        deliver(state, command.inject, ctx, true)
        return undefined
      case 'injects.hold':
        if (item.state === 'held') return { code: 'already-done' }
        item.state = 'held'
        ctx.emit({ type: 'injects.held', ...about }, ctx.by.id)
        return undefined
      case 'injects.release':
        if (item.state !== 'held') return { code: 'already-done' }
        item.state = 'planned'
        ctx.emit({ type: 'injects.released', ...about }, ctx.by.id)
        if (
          item.plannedAt !== null &&
          item.plannedAt <= ctx.now &&
          ctx.table.phase !== 'briefing' &&
          ctx.table.phase !== 'lobby'
        )
          fallDue(state, command.inject, ctx)
        return undefined
      case 'injects.skip':
        item.state = 'skipped'
        ctx.cancel(`due:${command.inject}`)
        ctx.emit({ type: 'injects.skipped', ...about }, ctx.by.id)
        return undefined
    }
  },
  react(state, { fact, at }, ctx) {
    state.happened[fact.type] = true
    if (isFact(fact, 'comms.updated')) state.toldAt = at
    if (isFact(fact, 'objectives.impact-started')) {
      state.broken.push(fact.slo)
      state.hurt = true
    }
    if (isFact(fact, 'objectives.impact-ended')) state.broken = state.broken.filter((slo) => slo !== fact.slo)
    if (!isFact(fact, 'lifecycle.started')) return
    for (const [id, item] of Object.entries(state.items))
      if (item.plannedAt !== null) ctx.schedule(`due:${id}`, item.plannedAt)
  },
  due(state, { key }, ctx) {
    const id = key.slice(key.indexOf(':') + 1)
    const item = state.items[id]
    const spec = ctx.scenario.spec.injects[id]
    if (!item || !spec) return
    if (key.startsWith('due:')) {
      if (spec.unless && state.happened[spec.unless.fact]) {
        if (item.state !== 'planned') return
        // What it was to prompt has been done: there is nothing left to say.
        item.state = 'skipped'
        ctx.emit({ type: 'injects.skipped', inject: id, title: spec.title })
        return
      }
      fallDue(state, id, ctx)
    } else if (item.state === 'due') deliver(state, id, ctx, false)
  },
  sampled(state, ctx) {
    for (const [id, item] of Object.entries(state.items)) {
      const expr = ctx.scenario.expr.injects[id]
      if (!expr || item.state === 'delivered' || item.state === 'skipped') continue
      const is = expr.value(ctx.seen) === true
      if (is && !item.was) {
        item.plannedAt ??= ctx.now
        fallDue(state, id, ctx)
      }
      item.was = is
    }
  },
  view: {
    gm: (state, ctx) => ({
      list: Object.entries(ctx.scenario.spec.injects).flatMap(([id, spec]): ViewOf<'injects'>['list'] => {
        const item = state.items[id]
        if (!item) return []
        const { title, from, to, via, text, expected } = spec
        const { state: is, plannedAt, deliveredAt } = item
        return [
          {
            id,
            title,
            state: is,
            trigger: trigger(spec),
            plannedAt,
            deliveredAt,
            from,
            to,
            via,
            text,
            expected,
            objective: spec.objective ?? null,
          },
        ]
      }),
    }),
    commander: 'hidden',
    operations: 'hidden',
    communications: 'hidden',
    scribe: 'hidden',
    observer: 'hidden',
  },
}

/** Telling the outside in time buys time: until then nobody presses. */
const quietUntil = (state: State, ctx: Ctx): number =>
  state.toldAt === null ? 0 : state.toldAt + ctx.scenario.spec.scoring.update_within

function fallDue(state: State, id: string, ctx: Ctx) {
  const item = state.items[id]
  const spec = ctx.scenario.spec.injects[id]
  if (!item || !spec || item.state !== 'planned') return
  if (spec.pressure) {
    // Nobody complains before anything hurts, and nobody asks any more once it is over.
    if (state.hurt && state.broken.length === 0) {
      item.state = 'skipped'
      ctx.emit({ type: 'injects.skipped', inject: id, title: spec.title })
      return
    }
    const later = simMs(Math.max(quietUntil(state, ctx), state.hurt ? 0 : ctx.now + PRESSURE_LOOKS_MS))
    if (later > ctx.now) {
      item.plannedAt = later
      ctx.schedule(`due:${id}`, later)
      return
    }
  }
  if (ctx.table.settings.lead === 'automatic') return deliver(state, id, ctx, false)
  item.state = 'due'
  ctx.emit({ type: 'injects.due', inject: id, title: spec.title })
  ctx.schedule(`deliver:${id}`, simMs(ctx.now + GRACE_MS))
}

function deliver(state: State, id: string, ctx: Ctx, byHand: boolean) {
  const item = state.items[id]
  const spec = ctx.scenario.spec.injects[id]
  if (!item || !spec) return
  item.state = 'delivered'
  item.deliveredAt = ctx.now
  ctx.cancel(`due:${id}`)
  ctx.cancel(`deliver:${id}`)
  const { title, from, to, via, text } = spec
  ctx.emit({ type: 'injects.delivered', inject: id, title, from, to, via, text, byHand })
}
