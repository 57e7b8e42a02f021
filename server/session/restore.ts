import type { ExerciseMeta, LoadedLog } from '../store/logStore.ts'
import { evidenceOf, type Head, inputOf, logsOf, timeOf, unpackSamples } from '../store/entry.ts'
import type { Sim } from '../sim/sim.ts'
import type { World } from '../sim/world.ts'
import { createAnswers } from './answers.ts'
import { createRequestLane } from './requestLane.ts'
import { createTelemetryLane } from './telemetryLane.ts'

/** All a session needs to go on where its log ends. */
export type Restored = ReturnType<typeof restore>

/**
 * The World at the end of a log: the newest snapshot this engine made, and every entry after it stepped again.
 * Throws when an entry that was once accepted is not accepted again: that is a bug, and playing on would hide it.
 */
export function restore(options: { meta: ExerciseMeta; log: LoadedLog; sim: Sim }) {
  const { log, sim, meta } = options
  const lane = createTelemetryLane(sim.columns, sim.blind)
  const requests = createRequestLane(sim.scenario.model)
  for (const entry of log.entries) {
    lane.add(unpackSamples(entry.samples), logsOf(entry))
    requests.add(evidenceOf(entry), timeOf(entry))
  }

  const shortcut = log.snapshots.find((s) => s.engine === meta.engine)
  // Snapshots are written by this software's own session from a World, and only shorten the way.
  let world = shortcut ? (JSON.parse(shortcut.world) as World) : undefined
  for (const entry of log.entries.slice(shortcut ? shortcut.n + 1 : 0)) {
    const input = inputOf(entry)
    const stepped = world === undefined ? openWorld(sim, input) : sim.step(world, input)
    if (!stepped.ok) throw new Error(`entry ${entry.n} was accepted once and is refused now: ${stepped.code}`)
    world = stepped.world
  }
  const head: Head | undefined = log.entries.at(-1)
  if (!world || !head) throw new Error('the log is empty')
  const answers = createAnswers(log.entries.flatMap((e) => (e.command === null ? [] : [e.command])))
  return { world, head, answers, lane, requests, snapshotAt: shortcut?.n ?? 0 }
}

function openWorld(sim: Sim, input: ReturnType<typeof inputOf>) {
  if (input.type !== 'open') throw new Error('the log does not begin with its opening')
  return sim.open(input)
}
