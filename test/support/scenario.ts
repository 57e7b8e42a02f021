import type { Scenario } from '../../server/sim/scenario/scenario.ts'
import { simOf } from './exercise.ts'

/** A shipped scenario, compiled once for each test file. */
export const compiled = (slug = 'bad-deploy-404'): Scenario => simOf(slug).scenario
