import type { LogLine } from '../../../../shared/frames.ts'
import { SAMPLE_MS } from '../../engine.ts'
import type { Ctx } from '../../mechanic.ts'
import { type Happening, logRates, type PhysicsState } from '../../physics/index.ts'
import {
  drawsOf,
  namesOf,
  nodeName,
  readWalk,
  STATUSES,
  type Taker,
  takerOf,
  type Walk,
} from '../../physics/requests/index.ts'
import { purposeHash, random } from '../../random.ts'
import type { Sighting } from './evidence.ts'

/** A real system prints thousands; this many of one kind in five seconds is what a person can still read. */
const MOST_LINES = 6

const LEVELS: Readonly<Partial<Record<Happening, LogLine['level']>>> = {
  miss: 'debug',
  shed: 'warn',
  restart: 'info',
  'scaled-up': 'info',
  'scaled-down': 'info',
  'no-room': 'warn',
  'start-refused': 'warn',
  oom: 'error',
  timeout: 'warn',
  unhealthy: 'warn',
  ejected: 'warn',
  quota: 'warn',
  'failover-started': 'warn',
  'failover-done': 'info',
  'replication-lag': 'warn',
  'restore-done': 'info',
  'disk-nearly-full': 'warn',
  '404': 'warn',
  '429': 'warn',
}

/** What a line tells of: a request and who took it, as far as that is known. */
interface Told {
  readonly component: string
  /** Of a sampled request; otherwise one that nobody kept. */
  readonly trace: string | undefined
  readonly taker: Taker | undefined
  readonly to: string
}

/** Fills the placeholders of a template; the same seed, moment and line always give the same text. */
function fill(
  text: string,
  o: { draw: (what: string) => number; told: Told; names: ReturnType<typeof namesOf> },
): string {
  const { draw, told, names } = o
  return text.replace(/\{(ms|id|n|ip|node|trace|zone|version|to)\}/g, (_whole, what: string) => {
    const x = () => draw(what)
    switch (what) {
      case 'ms':
        return String(Math.round(12 + x() * x() * 180))
      case 'id':
        return hex(x(), 6)
      case 'ip':
        return `203.0.113.${1 + Math.floor(x() * 250)}`
      case 'node':
        return (told.taker && nodeName(names, told.taker)) ?? `${told.component}-1`
      case 'trace':
        return told.trace ?? hex(x(), 8) + hex(draw('trace-2'), 8)
      case 'zone':
        return names.zone(told.taker?.cell ?? -1) ?? 'local'
      case 'version':
        return names.version(told.taker?.version ?? -1) ?? 'current'
      case 'to':
        return told.to
      default:
        return String(1000 + Math.floor(x() * 90_000))
    }
  })
}

const hex = (x: number, digits: number): string =>
  Math.floor(x * 2 ** (4 * digits))
    .toString(16)
    .padStart(digits, '0')

/** The log lines of one sample: what happened in the model at its rates, ordinary lines, and those of the incident's state. */
export function writeLogs(
  state: {
    readonly physics: PhysicsState
    readonly states: readonly string[]
    readonly sightings: readonly Sighting[]
  },
  ctx: Ctx,
): void {
  const { spec, model, stateMeta } = ctx.scenario
  const seconds = SAMPLE_MS / 1000
  const second = Math.round(ctx.now / 1000)
  const names = namesOf(model)
  let read: Walk | undefined
  /** Some instance that could have written such a line; a walk is read only when a template asks for one. */
  const someone = (component: string, kind: string, counter: number): Taker | undefined => {
    read ??= readWalk(model, state.physics)
    const index = model.components.findIndex((c) => c.id === component)
    const outcome = STATUSES.findIndex((s) => String(s) === kind)
    const draw = drawsOf(ctx.seed, purposeHash(`log-taker:${component}:${kind}`) ^ Math.imul(counter, 31))
    return takerOf(read, { component: index, outcome, draw })
  }
  const print = (o: {
    component: string
    kind: string
    to: string
    level: LogLine['level']
    templates: readonly string[]
    rate: number
    purpose: string
  }) => {
    const { component, kind, to } = o
    const expected = o.rate * seconds
    const draw = (what: string, i: number) => random(ctx.seed, `log:${o.purpose}:${what}`, second * 16 + i)
    const count = Math.min(MOST_LINES, Math.floor(expected + draw('count', 0)))
    const sighted = state.sightings.filter((s) => s.component === component && s.kind === kind)
    for (let i = 0; i < count; i++) {
      const template = o.templates[Math.floor(draw('which', i) * o.templates.length)] ?? ''
      const sighting = sighted[i]
      const asks = /\{(node|zone|version)\}/.test(template)
      const taker = sighting ?? (asks ? someone(component, kind, second * 16 + i) : undefined)
      const told: Told = { component, trace: sighting?.trace, taker, to }
      ctx.log({
        component,
        level: o.level,
        text: fill(template, { draw: (what) => draw(what, i), told, names }),
        ...(sighting && { trace: sighting.trace }),
      })
    }
  }
  const authored = [...spec.logs, ...state.states.flatMap((id) => stateMeta[id]?.logs ?? [])]
  authored.forEach((l, i) =>
    print({
      component: l.component,
      kind: 'authored',
      to: '',
      level: l.level,
      templates: [l.text],
      rate: l.per_minute / 60,
      purpose: `authored:${i}:${l.component}`,
    }),
  )
  for (const { component, kind, rate, to = '' } of logRates(model, state.physics)) {
    const templates = spec.log_templates[kind]
    if (!templates) continue
    const level = LEVELS[kind] ?? 'error'
    print({ component, kind, to, level, templates, rate, purpose: `${component}:${kind}` })
  }
}
