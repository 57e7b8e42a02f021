import { type Command, type Fact, MECHANICS, type MechanicName } from '../../shared/contracts/index.ts'
import type { Seat } from '../../shared/contracts/seats.ts'
import type { LogLine } from '../../shared/frames.ts'
import { type SeatId, type SimMs, type WallMs, simMs } from '../../shared/ids.ts'
import { createAgenda } from './agenda.ts'
import { copy } from './copy.ts'
import { SAMPLE_MS } from './engine.ts'
import type { Effected, Sample, TimedFact } from './input.ts'
import type { Ctx, Mechanic, Refusal, SampleDraft, Table } from './mechanic.ts'
import { mechanics } from './mechanics/index.ts'
import type { LifecycleState } from './mechanics/lifecycle.ts'
import type { SeatsState } from './mechanics/seats.ts'
import { readOf } from './read.ts'
import type { Scenario } from './scenario/scenario.ts'
import type { World } from './world.ts'

// Reactions answer reactions; a chain this long within one moment is a loop between two rule sets.
const MOST_FACTS_AT_ONCE = 10_000

// The one seam where mechanics lose their types: the list is known to hold each name's own mechanic and state.
// oxlint-disable-next-line typescript/no-explicit-any
export const mechanicOf = (name: MechanicName) => mechanics[name] as Mechanic<any, any>

/** What sits in the World under `lifecycle` and `seats`, as every mechanic may know it. */
export function tableOf(parts: World['parts']): Table {
  const lifecycle = parts.lifecycle as LifecycleState
  const { seats } = parts.seats as SeatsState
  const { phase, settings, name, joinCode } = lifecycle
  return { phase, settings, seats, name, joinCode }
}

/**
 * A World being changed in private: copied once, handed to mechanics, and given back whole by `finish`.
 * Nothing outside sees it before that, so a refusal or a throw leaves no trace.
 */
export function openDraft(scenario: Scenario, world: World, o: { wall: WallMs; watched: boolean }) {
  const { wall, watched } = o
  let now = world.now
  // A second whose agenda item came first still has to pass itself: the clock alone does not tell whether it has.
  let passed = Math.floor(world.now / 1000)
  const parts = copy(world.parts) as Record<MechanicName, unknown>
  const counts = { ...world.counts }
  const items = [...world.agenda]
  const agenda = createAgenda(items)
  let recent = world.recent
  const facts: TimedFact[] = []
  const samples: Sample[] = []
  const logs: LogLine[] = []
  const evidence: string[] = []
  const queue: TimedFact[] = []
  const keep = Math.max(1, Math.ceil(scenario.horizonMs / SAMPLE_MS) + 1)

  const truth = readOf(() => recent)
  const base = {
    get now() {
      return now
    },
    wall,
    seed: world.seed,
    scenario,
    get table() {
      return tableOf(parts)
    },
    truth,
    seen: readOf(() => recent, scenario.columnOf('monitoring.up')),
    emit(fact: Fact, seat: SeatId | null = null) {
      queue.push({ at: now, wall, seat, fact })
    },
    id: (prefix: string) => `${prefix}-${++counts.ids}`,
    log(line: Omit<LogLine, 'n' | 'at'>) {
      logs.push({ n: counts.logs++, at: now, ...line })
    },
    watched,
    evidence(line: string) {
      evidence.push(line)
    },
  }
  const contexts = Object.fromEntries(
    MECHANICS.map((mechanic) => {
      const ctx: Ctx = Object.create(base, {
        schedule: {
          value: (key: string, at: SimMs, data: unknown = null) =>
            agenda.put({ at: simMs(Math.max(at, now)), order: counts.order++, mechanic, key, data }),
        },
        cancel: { value: (key: string) => agenda.cancel(mechanic, key) },
      })
      return [mechanic, ctx]
    }),
  ) as Record<MechanicName, Ctx>

  function settle() {
    for (let n = 0; queue.length > 0; n++) {
      if (n > MOST_FACTS_AT_ONCE) throw new Error('facts answer facts without end')
      const timed = queue.shift()
      if (!timed) break
      facts.push(timed)
      for (const name of MECHANICS) mechanicOf(name).react?.(parts[name], timed, contexts[name])
    }
  }

  function take(draft: SampleDraft, playing: boolean) {
    for (const name of MECHANICS) mechanicOf(name).fill?.(parts[name], draft, contexts[name])
    const { values } = draft
    recent = [...recent.slice(Math.max(0, recent.length + 1 - keep)), { at: now, values }]
    // Custom metrics may look back over windows of the sample they stand in, so it must be there first.
    for (const { column, expr } of scenario.customs) {
      const value = expr.value(truth)
      values[column] = typeof value === 'boolean' ? Number(value) : value
    }
    samples.push({ n: counts.samples++, at: now, values })
    if (!playing) return
    for (const name of MECHANICS) {
      mechanicOf(name).sampled?.(parts[name], contexts[name])
      settle()
    }
  }

  return {
    emit: base.emit,
    settle,
    /** Runs the future up to and including `to`: agenda items and whole seconds in the order of their time. */
    advance(to: SimMs, playing: boolean) {
      for (;;) {
        const second = simMs((passed + 1) * 1000)
        const due = agenda.next()
        const dueFirst = due !== undefined && due <= second
        const stop = dueFirst ? simMs(Math.max(due, now)) : second
        if (stop > to) break
        now = stop
        if (dueFirst) {
          const item = agenda.take(now)
          if (item) mechanicOf(item.mechanic).due?.(parts[item.mechanic], item, contexts[item.mechanic])
          settle()
          // An agenda item may have stopped the clock (the end of play): the rest of the time does not happen.
          if (playing && tableOf(parts).phase !== 'running') return
          continue
        }
        passed += 1
        for (const name of MECHANICS) {
          const draft = mechanicOf(name).second?.(parts[name], contexts[name])
          if (draft) take(draft, playing)
        }
        settle()
        if (playing && tableOf(parts).phase !== 'running') return
      }
      now = to
    },
    decide(command: Command, by: Seat): Refusal | undefined {
      const name = command.type.slice(0, command.type.indexOf('.')) as MechanicName
      const ctx: Ctx & { by: Seat } = Object.create(contexts[name], { by: { value: by } })
      const refusal = mechanicOf(name).decide(parts[name], command, ctx)
      if (!refusal) settle()
      return refusal
    },
    finish: (): Effected => ({
      ok: true,
      world: { now, wall, seed: world.seed, counts, agenda: items, recent, parts },
      facts,
      samples,
      logs,
      evidence,
    }),
  }
}
