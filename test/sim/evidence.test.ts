import { parse, stringify } from 'yaml'
import { describe, expect, test } from 'vitest'
import { compileScenario } from '../../server/sim/scenario/compile.ts'
import type { ScenarioSource } from '../../server/sim/scenario/scenario.ts'
import { createSim } from '../../server/sim/sim.ts'
import {
  isHeat,
  namesOf,
  nodeName,
  unpackHeat,
  unpackRequest,
} from '../../server/sim/physics/requests/index.ts'
import { simMs, wallMs } from '../../shared/ids.ts'
import { compiled, exercise, minutes, sourceOf } from '../support/exercise.ts'
import { failing as alert, set, watched } from './alerts/watched.ts'

type Node = Record<string, unknown>
const part = (node: Node, key: string): Node => (node[key] ?? {}) as Node

/** A shipped scenario whose web tier fails now and then from the beginning, with something changed. */
function changed(change: (spec: Node) => void): ScenarioSource {
  const { files } = sourceOf('bad-deploy-404')
  const spec: Node = parse(files['scenario.yaml'] ?? '')
  change(spec)
  return { files: { ...files, 'scenario.yaml': stringify(spec) } }
}
const opened = (source: ScenarioSource, watched = true) => {
  const scenario = compiled(source)
  const sim = createSim(scenario, { watched })
  const { evidence, logs, world } = sim.open({
    type: 'open',
    wall: wallMs(0),
    name: 'Tuesday',
    joinCode: 'ABCD-EFGH',
    seed: 7,
    settings: { lead: 'human', dice: 'off', approval: 'none' },
  })
  return { scenario, evidence, logs, world }
}
const failing = changed((spec) => {
  const components = part(part(spec, 'system'), 'components')
  const [first = ''] = Object.keys(components).filter((id) => part(components, id)['kind'] === 'service')
  part(components, first)['errors'] = { 500: '3%' }
  spec['log_templates'] = { '500': ['500 trace={trace} node={node} version={version} zone={zone}'] }
})

describe('log lines and requests', () => {
  const { logs, evidence, scenario } = opened(failing)
  const requests = evidence.filter((line) => !isHeat(line)).map(unpackRequest)
  const told = logs.filter((l) => l.text.startsWith('500 trace='))
  const tied = told.filter((l) => l.trace !== undefined)
  test('a line of a failure is tied to a sampled request that failed there, with its instance', () => {
    expect(tied.length).toBeGreaterThan(100)
    const names = namesOf(scenario.model)
    for (const line of tied) {
      expect(line.text).toContain(`trace=${line.trace ?? ''} `)
      const request = requests.find((r) => r.trace === line.trace)
      const span = request?.spans.find(
        (s) => names.component(s.component) === line.component && s.status === 500 && s.note === '',
      )
      expect(line.text).toContain(`node=${(span && nodeName(names, span)) ?? 'nobody'} `)
    }
  })
  test('a line without one names an instance and a trace all the same', () => {
    for (const line of told)
      expect(line.text).toMatch(/^500 trace=[0-9a-f]{16} node=[a-z-]+-\d+ version=\S+ zone=local$/)
  })
  test('requests are told of the last quarter of an hour before play, none of them from the future', () => {
    const at = requests.map((r) => r.at)
    expect(Math.min(...at)).toBeGreaterThanOrEqual(-15 * 60_000 - 1000)
    expect(requests.length).toBeGreaterThan(6000)
  })
})

test('who looks at no requests gets none, and the World is the same', () => {
  const seen = opened(failing)
  const unseen = opened(failing, false)
  expect(unseen.evidence).toEqual([])
  const physicsOf = (world: typeof seen.world) => (world.parts.system as { physics: unknown }).physics
  expect(physicsOf(unseen.world)).toEqual(physicsOf(seen.world))
})

describe('a heat map on a board', () => {
  const withPanel = (panel: Node) =>
    changed((spec) => {
      const [board = ''] = Object.keys(part(spec, 'boards'))
      const panels = part(part(spec, 'boards'), board)['panels']
      if (Array.isArray(panels)) panels.push({ title: 'Latency', kind: 'heat-map', ...panel })
    })
  const metric = (suffix: string) => {
    const { model } = compiled(sourceOf('bad-deploy-404'))
    return model.metrics.find((m) => m.name.endsWith(suffix) && m.component !== null)?.name ?? ''
  }
  test('is filled from the whole distribution of response times', () => {
    const name = metric('.latency_p95')
    const { evidence, scenario } = opened(withPanel({ metrics: [name] }))
    const component = scenario.model.metrics.find((m) => m.name === name)?.component
    const index = scenario.model.components.findIndex((c) => c.id === component)
    expect(scenario.heatMaps).toContain(index)
    const rows = evidence
      .filter(isHeat)
      .map(unpackHeat)
      .filter((heat) => heat.component === index)
    expect(rows.length).toBe(181)
    for (const { row } of rows) expect(row.reduce((a, b) => a + b, 0)).toBeGreaterThan(1)
  })
  test('of something else than one latency of a component is a finding with a way out', () => {
    for (const metrics of [[metric('.cpu')], [metric('.latency_p95'), metric('.latency_p50')]]) {
      const result = compileScenario(withPanel({ metrics }), 'x')
      expect(result.ok).toBe(false)
      if (!result.ok)
        expect(result.findings.map((f) => f.message)).toContain(
          'A heat map shows how long the answers of one component take.',
        )
    }
  })
})

test('while monitoring is down no requests are collected, and afterwards they are again', () => {
  const e = exercise(watched({ alerts: { web: alert('web') } })).started()
  const collected = () => {
    const to = simMs(e.world.now + minutes(1))
    const stepped = e.sim.step(e.world, { type: 'advance', wall: wallMs(2_000_000_000_000), to })
    return stepped.ok ? stepped.evidence.length : -1
  }
  expect(collected()).toBeGreaterThan(100)
  const undo = set(e, 'monitoring.up', 'off')
  expect(collected()).toBe(0)
  undo()
  expect(collected()).toBeGreaterThan(100)
})
