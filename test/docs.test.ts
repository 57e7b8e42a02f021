import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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
