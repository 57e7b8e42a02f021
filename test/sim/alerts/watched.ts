import { createSim, type Sim } from '../../../server/sim/sim.ts'
import { compileScenario, type CompiledScenario } from '../../../server/sim/scenario/compile.ts'
import { compiled, exercise, type Played } from '../../support/exercise.ts'

interface Watch {
  readonly alerts: Readonly<Record<string, unknown>>
  readonly alerting?: unknown
  /** Added to the components beside `web`. */
  readonly components?: Readonly<Record<string, unknown>>
  readonly slos?: unknown
  readonly chart?: unknown
  /** What mending the paging needs to be seen first. */
  readonly needs?: string
}

const PAGE = { severity: 'page', playbook: 'web.md' }
/** A rule that holds while more than a tenth of the answers of a component fail. */
export const failing = (component: string, more: object = {}) => ({
  title: `${component} fails`,
  expr: `${component.replaceAll('-', '_')}.error_ratio > 0.1`,
  component,
  ...PAGE,
  ...more,
})
export const service = (title: string) => ({
  kind: 'service',
  title,
  replicas: 4,
  concurrency: 64,
  service_time: '10ms',
})

function filesOf(watch: Watch): Record<string, string> {
  const others = Object.keys(watch.components ?? {})
  const spec = {
    format: 1,
    id: 'watched',
    version: '1.0.0',
    title: 'Watched',
    codename: 'Plain Kite',
    company: 'Example',
    kind: 'drill',
    summary: 'One service, and what watches it.',
    level: 1,
    minutes: 60,
    licence: 'CC-BY-4.0',
    objectives: { see: 'The table sees it' },
    system: {
      components: { web: service('Web'), ...watch.components },
      traffic: Object.fromEntries(
        ['web', ...others].map((id) => [
          `to-${id}`,
          { title: `To ${id}`, to: id, rate: '400/s', timeout: '5s', retries: 0, noise: 0 },
        ]),
      ),
    },
    slos: watch.slos ?? {
      answers: { title: 'Answers', traffic: 'to-web', objective: '99.9%', period: '30d' },
    },
    boards: { web: { title: 'Web', panels: [{ title: 'Errors', metrics: ['web.error_ratio'] }] } },
    alerts: watch.alerts,
    ...(watch.alerting !== undefined && { alerting: watch.alerting }),
    incident: {
      truth: 'Whatever the test does.',
      chart: watch.chart ?? { id: 'quiet', initial: 'well', states: { well: {} } },
    },
    mitigations: {
      'mend-paging': {
        title: 'Mend the paging',
        class: 'right',
        takes: '30s',
        ...(watch.needs !== undefined && { needs: watch.needs }),
        effects: [{ path: 'alerting.up', set: 1 }],
      },
    },
    solution: [],
    debrief: {
      story: 'x',
      questions: ['x'],
      real_case: 'x',
      sources: [{ title: 'x', url: 'https://example.org' }],
    },
  }
  return {
    // JSON is YAML.
    'scenario.yaml': JSON.stringify(spec),
    'briefing.md': '# Briefing',
    'playbooks/web.md': '---\ntitle: Web fails\nowner: Web\n---\n\n## Look\n\nLook.\n',
  }
}

export const watched = (watch: Watch): Sim => createSim(compiled({ files: filesOf(watch) }))
export const linted = (watch: Watch): CompiledScenario => compileScenario({ files: filesOf(watch) }, 'hash')

/** The game master sets a parameter by hand; given back, `undo` takes it back. */
export function set(e: Played, path: string, value: string): () => void {
  e.as('gm').does({ type: 'faults.set', path, op: 'set', value, minutes: null, over: 0, cause: false })
  const id = e.as('gm').sees().faults?.running.at(-1)?.id ?? ''
  return () => void e.as('gm').does({ type: 'faults.end', id })
}
export const fails = (e: Played, component = 'web', share = '50%') => set(e, `${component}.errors.500`, share)

/** Play has begun, and the alerts as a player sees them. */
export function playing(watch: Watch) {
  const e = exercise(watched(watch)).started()
  return { e, ...looks(e) }
}
export function looks(e: Played) {
  const view = (role: 'operations' | 'gm' = 'operations') => {
    const seen = e.as(role).sees().alerts
    if (!seen) throw new Error('alerts are not there')
    return seen
  }
  /** Facts of one kind with when they happened, in seconds of exercise time. */
  const told = (type: string) =>
    e.log.flatMap((l) =>
      l.facts.filter((f) => f.fact.type === type).map((f) => ({ at: f.at / 1000, ...f.fact })),
    )
  return { view, told, firing: () => view().alerts.filter((a) => a.state === 'firing') }
}
