import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { Library, ScenarioSpoilers } from '../shared/api.ts'
import type { Exporter } from './exports/exporter.ts'
import type { Entropy, Time } from './session/ports.ts'
import { type Compare, createRecords } from './session/records.ts'
import { createRegistry } from './session/registry.ts'
import { createSecrets } from './session/secrets.ts'
import type { Scenario } from './sim/scenario/scenario.ts'
import { createSim, type Sim } from './sim/sim.ts'
import type { LogStore } from './store/logStore.ts'
import { createHttpServer } from './transport/httpServer.ts'
import { attachSockets } from './transport/socketServer.ts'

// Compiled scenarios of running exercises: a handful is in use at once, and each can be made again.
const SIMS_KEPT = 24

export interface AppOptions {
  readonly store: LogStore
  readonly scenarios: {
    library(): Library
    spoilers(publicId: string): ScenarioSpoilers | undefined
    find(publicId: string): Scenario | undefined
  }
  /** A scenario from its stored source. Throws when this version cannot read it. */
  readonly compile: (source: Readonly<Record<string, string>>, hash: string) => Scenario
  readonly compare: Compare
  readonly exporters: Readonly<Record<string, Exporter>>
  readonly time: Time
  readonly entropy: Entropy
  readonly log: Logger
  readonly webRoot: string
  /** How a scenario is played; tests put a leak in here to prove that they would find it. */
  readonly makeSim?: (scenario: Scenario) => Sim
}
export type App = Awaited<ReturnType<typeof createApp>>

/** The whole server, wired but not listening. Everything from outside comes in through its options. */
export async function createApp(options: AppOptions) {
  const { store, scenarios, compile, compare, exporters, time, log, webRoot, makeSim = createSim } = options
  const secrets = createSecrets(options.entropy)
  const sims = new Map<string, Sim>()
  const simOf = (source: Readonly<Record<string, string>>, hash: string): Sim => {
    const sim = sims.get(hash) ?? makeSim(compile(source, hash))
    sims.delete(hash)
    sims.set(hash, sim)
    const oldest = sims.size > SIMS_KEPT ? sims.keys().next().value : undefined
    if (oldest !== undefined) sims.delete(oldest)
    return sim
  }
  const registry = createRegistry({
    store,
    time,
    log,
    secrets,
    findScenario: (id) => scenarios.find(id),
    simOf,
  })
  const recordOf = createRecords({
    store,
    log,
    compare,
    scenarioOf: (source, hash) => simOf(source, hash).scenario,
  })
  const http = await createHttpServer(
    {
      registry,
      library: () => scenarios.library(),
      spoilers: (id) => scenarios.spoilers(id),
      recordOf,
      exporters,
      time,
      log,
      errorId: secrets.errorId,
    },
    webRoot,
  )
  const sockets = attachSockets(http.server, { registry, log, time, errorId: secrets.errorId })

  return {
    /** Listens and says on which port. */
    async listen(port: number, host: string): Promise<number> {
      await http.listen({ port, host })
      // A TCP server has an address of this shape once it listens.
      return (http.server.address() as AddressInfo).port
    },
    /** Turns nobody new in, lets everybody finish, writes what is left, closes the store. */
    async close() {
      await sockets.close()
      await http.close()
      await registry.close()
    },
  }
}
