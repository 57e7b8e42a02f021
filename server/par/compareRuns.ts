import { setImmediate } from 'node:timers/promises'
import { begin, bestFound, idleOutcome } from './par.ts'
import { createParCache } from './parCache.ts'

const breathe = () => setImmediate()

/**
 * What a scenario and a seed come to with nobody acting and at best, dice off whatever the table's settings. The first
 * question takes seconds, in turns with everything else on the event loop; the answer is kept.
 */
export const compareRuns = createParCache({
  find: async (scenario, seed) => {
    const begun = begin(scenario, seed)
    const idle = await idleOutcome({ scenario, seed, breathe, begun })
    return { idle, par: await bestFound({ scenario, seed, breathe, begun, idle }) }
  },
})
