import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { ScenarioSource } from '../../server/sim/scenario/scenario.ts'
import { createSim, type Sim } from '../../server/sim/sim.ts'
import { markersIn } from '../support/canary.ts'
import { compiled, sourceOf } from '../support/exercise.ts'
import { startServer } from '../support/server.ts'

const SEED = 3_735_928_559
const marker = (what: string) => `canary-${what}-9f2c`
const WHERE = [
  'title',
  'truth',
  'state',
  'story',
  'question',
  'case',
  'source',
  'hint',
  'inject',
  'expected',
  'reveals',
  'note',
  'whisper',
] as const
const MARKERS = [...WHERE.map(marker), String(SEED)]
/** What the game master's screen must show, or the search would prove nothing. */
const GM_SEES = ['title', 'truth', 'state', 'hint', 'inject', 'expected', 'note', 'whisper']
  .map(marker)
  .concat(String(SEED))

type Node = Record<string, unknown>
const at = (node: Node, key: string): Node => (node[key] ?? {}) as Node

/** A shipped scenario with a marker in every field that players may not read. */
function marked(): ScenarioSource {
  const { files } = sourceOf('bad-deploy-404')
  const spec: Node = parse(files['scenario.yaml'] ?? '')
  spec.title = `Title ${marker('title')}`
  at(spec, 'incident').truth = marker('truth')
  const mark = (states: Node) => {
    for (const state of Object.values(states) as Node[]) {
      state.description = marker('state')
      state.meta = { ...at(state, 'meta'), title: marker('state') }
      mark(at(state, 'states'))
    }
  }
  mark(at(at(at(spec, 'incident'), 'chart'), 'states'))
  const debrief = at(spec, 'debrief')
  debrief.story = marker('story')
  debrief.questions = [marker('question')]
  debrief.real_case = marker('case')
  debrief.sources = [{ title: marker('source'), url: `https://example.org/${marker('source')}` }]
  spec.hints = [marker('hint'), marker('hint')]
  spec.injects = {
    ...at(spec, 'injects'),
    canary: {
      title: marker('inject'),
      by_hand: true,
      from: 'Somebody',
      text: marker('inject'),
      expected: marker('expected'),
    },
  }
  for (const inject of Object.values(at(spec, 'injects')) as Node[]) {
    inject.title = marker('inject')
    inject.expected = marker('expected')
  }
  for (const mitigation of Object.values(at(spec, 'mitigations')) as Node[])
    if (mitigation.diagnostic === true) mitigation.reveals = marker('reveals')
  return { files: { ...files, 'scenario.yaml': stringify(spec) } }
}
const scenario = compiled(marked())

/** Half an hour of play; gives back every byte the game master, a player and an observer received. */
async function play(makeSim?: (sim: Sim) => Sim) {
  const lines: string[] = []
  const server = await startServer({
    scenario,
    lines,
    makeSim: (s) => (makeSim ?? ((sim) => sim))(createSim(s)),
  })
  const gm = await server.host(undefined, SEED)
  const screen = await gm.connect()
  const code = screen.views()?.role.lifecycle?.joinCode ?? ''
  const people = {
    ada: await server.join(code, 'Ada', ['operations', 'commander']),
    olga: await server.join(code, 'Olga', ['observer']),
  }
  const bob = await server.join(code, 'Bob', ['communications'])
  const desks = { ada: await people.ada.connect(), olga: await people.olga.connect() }
  await screen.does({ type: 'notes.write', text: marker('note'), objective: null })
  await screen.does({ type: 'comms.whisper', to: bob.seat, text: marker('whisper') })
  await screen.does({ type: 'lifecycle.brief' })
  await screen.does({ type: 'lifecycle.speed', speed: 60 })
  expect(await screen.does({ type: 'lifecycle.start' })).toEqual({ ok: true })
  for (let i = 0; i < 60; i++) {
    server.hand.pass(500)
    await screen.does({ type: 'comms.say', text: `minute ${i / 2}` })
    const views = desks.ada.views()?.role
    const firing = views?.alerts?.alerts.find((a) => a.state === 'firing' && a.acknowledged === null)
    if (firing) await desks.ada.does({ type: 'alerts.acknowledge', alert: firing.id })
    if (i === 20) await desks.ada.does({ type: 'response.declare', severity: 'SEV-2', title: 'Slow pages' })
    const [event] = screen.views()?.role.incident?.accepts ?? []
    if (i === 30 && event !== undefined) await screen.does({ type: 'incident.nudge', event })
    const free = views?.mitigations?.catalogue.find(
      (m) => !m.diagnostic && m.unavailable === null && m.params.length === 0,
    )
    if (i === 40 && free)
      await desks.ada.does({
        type: 'mitigations.propose',
        mitigation: free.id,
        params: {},
        reason: 'to see',
        cite: null,
      })
    const [mine] = desks.ada.views()?.mine.mitigations?.canCommit ?? []
    if (mine !== undefined) await desks.ada.does({ type: 'mitigations.commit', run: mine })
  }
  await desks.ada.does({ type: 'comms.say', text: 'end' })
  await desks.olga.until(() => desks.olga.views()?.role.comms?.channel.at(-1)?.text === 'end')
  const fetched = async (person: typeof gm) => {
    const paths = [
      'telemetry',
      'logs',
      'events?from=-900000&to=9000000',
      'record',
      'export/json',
      'export/report.md',
      'nothing',
    ].map((p) => `/api/seats/${person.seat}/${p}`)
    const answers = []
    for (const path of [
      ...paths,
      '/api/seats',
      `/api/join/${code}`,
      `/api/seats/${gm.seat}/record`,
      '/api/scenarios',
    ]) {
      answers.push((await person.get(path)).text)
    }
    return answers
  }
  return {
    gm: [...screen.bytes, ...(await fetched(gm))],
    ada: [...desks.ada.bytes, ...(await fetched(people.ada))],
    olga: [...desks.olga.bytes, ...(await fetched(people.olga))],
    lines,
    keys: [gm, bob, people.ada].map((p) => p.cookie.split('=')[1] ?? '').concat(code),
  }
}

test('no byte a player or observer receives holds a secret, and the game master sees them all', async () => {
  const received = await play()
  expect(markersIn(received.gm, GM_SEES)).toEqual(GM_SEES)
  expect(markersIn(received.ada, MARKERS)).toEqual([])
  expect(markersIn(received.olga, MARKERS)).toEqual([])
  expect(markersIn(received.lines, [...MARKERS, ...received.keys])).toEqual([])
  expect(markersIn([...received.ada, ...received.olga], received.keys.slice(0, 3))).toEqual([])
}, 60_000)

type View = ReturnType<Sim['view']>
/** A build whose player views carry something of the game master's. */
const leaky =
  (leak: (view: View, gm: View) => View) =>
  (sim: Sim): Sim => ({
    ...sim,
    view: (world, role) => leak(sim.view(world, role), sim.view(world, 'gm')),
  })
const leaks: readonly [string, (sim: Sim) => Sim][] = [
  ['the chart', leaky((view, { incident }) => ({ ...view, ...(incident && { incident }) }))],
  ['the next hint', leaky((view, { hints }) => ({ ...view, ...(hints && { hints }) }))],
  ["somebody else's private line", leaky((view, { comms }) => ({ ...view, ...(comms && { comms }) }))],
  ['the truth in disguise', leaky((view, { incident }) => disguised(view, incident?.truth ?? ''))],
]
function disguised(view: View, truth: string): View {
  return view.lifecycle
    ? { ...view, lifecycle: { ...view.lifecycle, summary: Buffer.from(`x${truth}`).toString('base64') } }
    : view
}
test.each(leaks)(
  'a build that leaks %s is found',
  async (_what, build) => {
    expect(markersIn((await play(build)).ada, MARKERS)).not.toEqual([])
  },
  60_000,
)
