import type { LogLine } from '../../../../shared/frames.ts'
import { SAMPLE_MS } from '../../engine.ts'
import type { Ctx } from '../../mechanic.ts'
import { logRates, type PhysicsState } from '../../physics/index.ts'
import { random } from '../../random.ts'

/** A real system prints thousands; this many of one kind in five seconds is what a person can still read. */
const MOST_LINES = 6

const LEVELS: Readonly<Record<string, LogLine['level']>> = {
  miss: 'debug',
  shed: 'warn',
  restart: 'info',
  oom: 'error',
  timeout: 'warn',
  '404': 'warn',
  '429': 'warn',
}

/** Fills the placeholders of a template; the same seed, moment and line always give the same text. */
function fill(text: string, draw: (what: string) => number): string {
  return text.replace(/\{(ms|id|n|ip|node)\}/g, (_whole, what: string) => {
    const x = draw(what)
    switch (what) {
      case 'ms':
        return String(Math.round(12 + x * x * 180))
      case 'id':
        return Math.floor(x * 0xffffff)
          .toString(16)
          .padStart(6, '0')
      case 'ip':
        return `203.0.113.${1 + Math.floor(x * 250)}`
      case 'node':
        return `n${1 + Math.floor(x * 12)}`
      default:
        return String(1000 + Math.floor(x * 90_000))
    }
  })
}

/** The log lines of one sample: what happened in the model at its rates, ordinary lines, and those of the incident's state. */
export function writeLogs(
  state: { readonly physics: PhysicsState; readonly states: readonly string[] },
  ctx: Ctx,
): void {
  const { spec, model, stateMeta } = ctx.scenario
  const seconds = SAMPLE_MS / 1000
  const second = Math.round(ctx.now / 1000)
  const print = (o: {
    component: string
    level: LogLine['level']
    templates: readonly string[]
    rate: number
    purpose: string
  }) => {
    const expected = o.rate * seconds
    const draw = (what: string, i: number) => random(ctx.seed, `log:${o.purpose}:${what}`, second * 16 + i)
    const count = Math.min(MOST_LINES, Math.floor(expected + draw('count', 0)))
    for (let i = 0; i < count; i++) {
      const template = o.templates[Math.floor(draw('which', i) * o.templates.length)] ?? ''
      ctx.log({ component: o.component, level: o.level, text: fill(template, (what) => draw(what, i)) })
    }
  }
  const authored = [...spec.logs, ...state.states.flatMap((id) => stateMeta[id]?.logs ?? [])]
  authored.forEach((l, i) =>
    print({
      component: l.component,
      level: l.level,
      templates: [l.text],
      rate: l.per_minute / 60,
      purpose: `authored:${i}:${l.component}`,
    }),
  )
  for (const { component, kind, rate } of logRates(model, state.physics)) {
    const templates = spec.log_templates[kind]
    if (templates)
      print({ component, level: LEVELS[kind] ?? 'error', templates, rate, purpose: `${component}:${kind}` })
  }
}
