import type { Fact } from '../../../shared/contracts/index.ts'
import type { Settings } from '../../../shared/contracts/lifecycle.ts'
import type { Outcome } from '../../../shared/record.ts'
import { type ExerciseId, type SeatId, simMs, wallMs } from '../../../shared/ids.ts'
import { InjectSpec, MitigationSpec, ScenarioSpec, SloSpec } from '../../../server/sim/scenario/schema.ts'
import type { LogEntry } from '../../../server/sim/score/log.ts'
import { computeRecord } from '../../../server/sim/score/record.ts'
import type { ScoredScenario } from '../../../server/sim/score/scored.ts'

export const ana = 'st_anaanaana' as SeatId
export const ben = 'st_benbenben' as SeatId
export const gina = 'st_ginagina0' as SeatId
export const settings: Settings = { lead: 'human', dice: 'open', approval: 'none' }
export const minutes = (n: number) => n * 60_000
export const seconds = (n: number) => n * 1000

const mitigation = (title: string, cls: 'right' | 'neutral' | 'tempting' | 'wrong') =>
  MitigationSpec.parse({ title, class: cls, takes: '1m' })

/** A scenario of two playbook steps, four actions and one promise, as far as a record reads it. */
export const scenario: ScoredScenario = {
  hash: 'a'.repeat(64),
  spec: {
    id: 'cold-cache',
    title: 'The cold cache',
    codename: 'Payday',
    company: 'Acme Parcels',
    version: '1.0.0',
    level: 2,
    kind: 'incident',
    minutes: 60,
    objectives: { triage: 'Find the right playbook within five minutes' },
    slos: {
      checkout: SloSpec.parse({
        title: 'Checkout',
        traffic: 'shoppers',
        objective: '99.9%',
        period: '1d',
      }),
    },
    incident: { truth: 'The cache restarted empty.' },
    mitigations: {
      'shed-load': mitigation('Shed load at the edge', 'right'),
      'restart-web': mitigation('Restart the web tier', 'tempting'),
      'add-web': mitigation('Add web servers', 'neutral'),
      'warm-cache': mitigation('Warm the cache', 'right'),
    },
    injects: {
      press: InjectSpec.parse({
        title: 'The press calls',
        at: '10m',
        from: 'Press office',
        text: 'A journalist asks what is going on.',
      }),
    },
    scoring: ScenarioSpec.shape.scoring.parse(undefined),
    debrief: {
      story: 'A restart emptied the cache.',
      questions: ['What would have told you sooner?'],
      real_case: 'A shop in 2012 had the same morning.',
      sources: [{ title: 'Their report', url: 'https://example.org/report' }],
    },
  },
  chartView: {
    nodes: [
      { id: 'cache', title: 'Cache' },
      { id: 'cache.cold', title: 'Cold and drowning' },
    ],
  },
  playbooks: [
    {
      view: {
        id: 'cold-cache-book',
        title: 'Cold cache',
        owner: 'Web',
        services: [],
        lastReviewed: '2026-01-01',
        intro: '',
        steps: [
          {
            id: 'shed-load',
            title: 'Shed load',
            depth: 2,
            body: '',
            when: null,
            done: null,
            links: [{ mitigation: 'shed-load', title: 'Shed', params: {} }],
          },
          {
            id: 'restart',
            title: 'Restart',
            depth: 2,
            body: '',
            when: null,
            done: null,
            links: [{ mitigation: 'restart-web', title: 'Restart', params: {} }],
          },
        ],
      },
    },
  ],
  alertPlaybooks: { slow: { book: 'cold-cache-book', step: null } },
}

/** A log one line at a time: `.at(minutes(3)).as(ana).says({ type: … })` adds what happened then. */
export function log() {
  const entries: LogEntry[] = []
  let now = 0
  let seat: SeatId | null = null
  const start = Date.UTC(2026, 0, 5, 9)
  const wall = () => wallMs(start + now)
  const self = {
    at(ms: number) {
      now = ms
      return self
    },
    as(who: SeatId | null) {
      seat = who
      return self
    },
    says(...facts: readonly Fact[]) {
      const at = simMs(now)
      entries.push({
        n: entries.length,
        input: { type: 'advance', wall: wall(), to: at },
        facts: facts.map((fact) => ({ at, wall: wall(), seat, fact })),
      })
      return self
    },
    asks(command: Extract<LogEntry['input'], { type: 'command' }>['command']) {
      entries.push({
        n: entries.length,
        input: { type: 'command', wall: wall(), seat: seat ?? ana, id: `command-${entries.length}`, command },
        facts: [],
      })
      return self
    },
    entries,
    record(outcomes: { idle: Outcome | null; par: Outcome | null } = { idle: null, par: null }) {
      return computeRecord({
        scenario,
        meta: {
          exercise: 'ex_12345678' as ExerciseId,
          name: 'Tuesday drill',
          seed: 7,
          settings,
          engine: '0.1.0',
        },
        entries,
        outcomes,
      })
    },
  }
  return self
}

/** An outcome of which a test names only what it is about. */
export const outcome = (parts: Partial<Outcome>): Outcome => ({
  label: 'Test',
  ttd: null,
  tta: null,
  ttm: null,
  ttr: null,
  failedRequests: 0,
  impactMs: 0,
  budgetSpent: 0,
  ...parts,
})

export const joined = (
  who: SeatId,
  name: string,
  ...roles: Extract<Fact, { type: 'seats.joined' }>['roles']
): Fact => ({
  type: 'seats.joined',
  seat: who,
  name,
  roles,
})
const titleOf = (id: string) => scenario.spec.mitigations[id]?.title ?? id
export function proposed(run: string, id: string, by: SeatId, cite: string | null = null): Fact {
  return {
    type: 'mitigations.proposed',
    run,
    mitigation: id,
    title: titleOf(id),
    seat: by,
    reason: '',
    params: {},
    cite: cite === null ? null : { book: 'cold-cache-book', step: cite },
  }
}
export function started(run: string, id: string, by: SeatId, cite: string | null = null): Fact {
  return {
    type: 'mitigations.started',
    run,
    mitigation: id,
    title: titleOf(id),
    seat: by,
    class: scenario.spec.mitigations[id]?.class ?? 'neutral',
    params: {},
    cite: cite === null ? null : { book: 'cold-cache-book', step: cite },
  }
}
export const fired = (rule = 'slow', alert = 'alert-1', severity: 'page' | 'ticket' = 'page'): Fact => ({
  type: 'alerts.fired',
  alert,
  rule,
  title: 'Checkout is slow',
  severity,
})
export const notified = (titles = ['Checkout is slow'], count = 1, after = 0): Fact => ({
  type: 'alerts.notified',
  group: 'rule:slow',
  title: titles.length === 1 ? (titles[0] ?? '') : 'Checkout',
  severity: 'page',
  alerts: titles.map((_, i) => `alert-${i + 1}`),
  titles,
  count,
  after,
})
export const measured = (spent: number, bad = 0, impactMs = 0): Fact => ({
  type: 'objectives.measured',
  slo: 'checkout',
  total: 1_000_000,
  bad,
  spent,
  impactMs,
})
