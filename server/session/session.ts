import type { Logger } from 'pino'
import type { Command } from '../../shared/contracts/index.ts'
import type { Answer } from '../../shared/frames.ts'
import type { CommandId, SeatId } from '../../shared/ids.ts'
import type { Role } from '../../shared/roles.ts'
import type { Effected, Input } from '../sim/input.ts'
import type { Sim } from '../sim/sim.ts'
import { tableOf } from '../sim/step.ts'
import { commandKey, type SealedEntry, sealEntry } from '../store/entry.ts'
import type { ExerciseMeta, LogStore, SeatKey, Status } from '../store/logStore.ts'
import { createClock, TICK_MS } from './clock.ts'
import type { Listener } from './listener.ts'
import type { Time } from './ports.ts'
import type { Restored } from './restore.ts'
import { createTable } from './table.ts'

/** Entries after which a snapshot of the World is written. */
const SNAPSHOT_EVERY = 300
/** Inputs that may wait for the disk before new ones are turned away. */
const MOST_WAITING = 400

export interface SessionOptions {
  readonly meta: ExerciseMeta
  readonly sim: Sim
  readonly store: LogStore
  readonly time: Time
  readonly log: Logger
  readonly errorId: () => string
  readonly restored: Restored
}
export type Session = ReturnType<typeof createSession>

/**
 * The live owner of one exercise. One input at a time: step, write down, and only when it is on disk apply, answer
 * and tell. A throw is a bug of this exercise: it stops, and the others never notice.
 */
export function createSession({ meta, sim, store, time, log, errorId, restored }: SessionOptions) {
  const { answers, lane, requests } = restored
  let { world, head, snapshotAt } = restored
  let stopped: string | null = null
  let waiting = 0
  let ticking = false
  let closed = false
  let tail: Promise<unknown> = Promise.resolve()
  const clock = createClock(time.mono)
  const table = createTable({ sim, lane, engine: meta.engine, firstSeq: time.wall() })

  const status = (of = world): Status => {
    const { phase, seats } = tableOf(of.parts)
    return { phase, seats: seats.map(({ id, name, roles }) => ({ id, name, roles })) }
  }

  /** Runs jobs strictly one after the other; a job that throws stops the exercise. */
  function queue(job: () => Promise<Answer>): Promise<Answer> {
    if (waiting >= MOST_WAITING) return Promise.resolve({ ok: false, code: 'too-fast' })
    waiting += 1
    const turn = async (): Promise<Answer> => {
      try {
        return stopped === null ? await job() : { ok: false, code: 'exercise-stopped', errorId: stopped }
      } catch (err) {
        stopped = errorId()
        stopTicking()
        log.error(
          { err, errorId: stopped, exercise: meta.id },
          'the exercise was stopped by an internal error',
        )
        return { ok: false, code: 'exercise-stopped', errorId: stopped }
      } finally {
        waiting -= 1
      }
    }
    const answer = tail.then(turn)
    tail = answer
    return answer
  }

  /** Steps the clock to its present and then the input, writes both down at once, and tells the table. */
  async function take(input: Input | null, admit?: SeatKey): Promise<Answer> {
    const done: { readonly input: Input; readonly effect: Effected }[] = []
    let next = world
    const to = clock.present()
    if (to !== null && to > world.now) {
      const advance: Input = { type: 'advance', wall: time.wall(), to }
      const effect = sim.step(next, advance)
      if (effect.ok) {
        done.push({ input: advance, effect })
        next = effect.world
      }
    }
    const stepped = input && sim.step(next, input)
    if (input && stepped?.ok) {
      done.push({ input, effect: stepped })
      next = stepped.world
    }
    const answer: Answer =
      !stepped || stepped.ok
        ? { ok: true }
        : { ok: false, code: stepped.code, ...(stepped.where !== undefined && { where: stepped.where }) }
    if (done.length === 0) return answer

    let at = head
    const entries: SealedEntry[] = []
    for (const { input: one, effect } of done) {
      const entry = sealEntry(at, {
        input: one,
        facts: effect.facts,
        samples: effect.samples,
        logs: effect.logs,
        evidence: effect.evidence,
      })
      entries.push(entry)
      at = entry
    }
    const gone = done.flatMap(({ effect }) =>
      effect.facts.flatMap(({ fact }) => (fact.type === 'seats.removed' ? [fact.seat] : [])),
    )
    const changed = done.some(({ effect }) =>
      effect.facts.some(({ fact }) => /^(lifecycle|seats)\./.test(fact.type)),
    )
    try {
      await store.append({
        exercise: meta.id,
        entries,
        status: changed ? status(next) : undefined,
        admit,
        revoke: gone,
      })
    } catch (err) {
      log.warn({ err, exercise: meta.id }, 'could not write the log; nothing was changed')
      clock.rebase(world.now)
      return { ok: false, code: 'not-stored' }
    }
    world = next
    head = { n: at.n, hash: at.hash }
    clock.follow(sim.clock(world), world.now)
    for (const { effect } of done) requests.add(effect.evidence, effect.world.now)
    const rows = done.flatMap(({ effect }) => lane.add(effect.samples, effect.logs))
    table.tell(world, { rows, logs: done.flatMap(({ effect }) => effect.logs) })
    for (const seat of gone) table.free(seat)
    remember()
    return answer
  }

  /** Writes a snapshot now and then; nothing waits for it and nothing depends on it. */
  function remember() {
    if (head.n - snapshotAt < SNAPSHOT_EVERY) return
    snapshotAt = head.n
    const snapshot = { n: head.n, engine: meta.engine, world: JSON.stringify(world) }
    void store
      .snapshot(meta.id, snapshot)
      .catch((err: unknown) => log.warn({ err, exercise: meta.id }, 'could not write a snapshot'))
  }

  async function tick() {
    if (ticking || clock.present() === null) return
    ticking = true
    await queue(() => take(null))
    ticking = false
  }
  clock.follow(sim.clock(world), world.now)
  const stopTicking = time.every(TICK_MS, () => void tick())

  return {
    meta,
    sim,
    status: () => status(),
    world: () => world,
    /** The error that stopped this exercise, if one did. */
    stopped: () => stopped,
    /** A person asks. Asking twice with one id is asking once. */
    command: (seat: SeatId, id: CommandId, command: Command): Promise<Answer> =>
      queue(async () => {
        const key = commandKey(seat, id)
        const before = answers.get(key)
        if (before) return before
        const answer = await take({ type: 'command', wall: time.wall(), seat, id, command })
        answers.keep(key, answer)
        return answer
      }),
    /** Seats a person; their key is on disk together with the entry. */
    join: (who: { seat: SeatId; name: string; roles: Role[]; tokenHash: string }): Promise<Answer> => {
      const { tokenHash, ...place } = who
      return queue(() => take({ type: 'join', wall: time.wall(), ...place }, { seat: who.seat, tokenHash }))
    },
    /** Adds a connection; undefined when there is no such seat, or when this session was just forgotten. */
    connect: (seat: SeatId, link: { since: number | undefined; listener: Listener }) =>
      closed ? undefined : table.connect(world, seat, link),
    look: (seat: SeatId) => table.look(world, seat),
    connections: (seat: SeatId) => table.connections(seat),
    seat: (seat: SeatId) => sim.seat(world, seat),
    telemetry: (role: Role) => lane.history(role),
    logs: () => lane.logs(),
    /** Sampled requests and heat maps, for those who ask. */
    requests,
    /** Every parameter of the simulated system as it is now. */
    parameters: () => sim.parameters(world),
    /** Nobody is connected and time stands: it can be forgotten and restored again. */
    idle: () => waiting === 0 && table.empty() && !sim.clock(world).running,
    /** Moves the clock now; the interval does it by itself. */
    tick,
    /** Lets what was asked finish, then stops. */
    async close() {
      closed = true
      stopTicking()
      await tail
    },
  }
}
