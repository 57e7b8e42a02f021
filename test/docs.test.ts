import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { faultsPage } from '../server/cli/faults.ts'
import { parametersPage } from '../server/cli/parameters.ts'
import { createSim } from '../server/sim/sim.ts'
import { compiled, exercise, minutes, mitigate } from './support/exercise.ts'

const guide = readFileSync(join(import.meta.dirname, '../docs/scenarios.md'), 'utf8')
const block = (fence: string, info: string) =>
  guide.split(`\n${fence}${info}\n`)[1]?.split(`\n${fence}\n`)[0] ?? ''

it('the scenario of the guide is accepted as it is printed, and plays as the guide says', () => {
  const files = {
    'scenario.yaml': block('```', 'yaml'),
    'briefing.md': '# Monday',
    'playbooks/search-slow.md': block('````', 'markdown'),
  }
  const sim = createSim(compiled({ files }))
  const fired = () => exercise(sim).started().after(minutes(6))
  expect(fired().facts.some((f) => f.type === 'alerts.fired')).toBe(true)
  const solved = mitigate(fired(), 'add-search').after(minutes(8))
  expect(solved.facts.some((f) => f.type === 'incident.resolved')).toBe(true)
})

it('the alerts of the guide are accepted as they are printed', () => {
  const whole = block('```', 'yaml')
  const alerts = guide.split('\n```yaml\n')[2]?.split('\n```\n')[0] ?? ''
  const files = {
    'scenario.yaml': whole.replace(/\nalerts:\n[\s\S]*?\n\nincident:/, () => `\n${alerts}\n\nincident:`),
    'briefing.md': '# Monday',
    'playbooks/search-slow.md': block('````', 'markdown'),
  }
  const sim = createSim(compiled({ files }))
  expect(Object.keys(sim.scenario.spec.alerts)).toEqual([
    'slow',
    'budget-burns',
    'search-silent',
    'heartbeat',
  ])
  const { facts } = exercise(sim).started().after(minutes(8))
  expect(facts.find((f) => f.type === 'alerts.notified')).toMatchObject({ title: 'The API is slow' })
})

it('the page of parameters is what the program prints', async () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/parameters.md'), 'utf8')
  expect(page).toBe(await format(parametersPage(), { parser: 'markdown' }))
})

it('the page of faults is what the program prints', async () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/chaos.md'), 'utf8')
  expect(page).toBe(await format(faultsPage(), { parser: 'markdown' }))
})
