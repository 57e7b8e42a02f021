import type { Logger } from 'pino'
import type { Door, HostRequest, JoinRequest, MySeats, Seated } from '../../shared/api.ts'
import type { ExerciseId } from '../../shared/ids.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import type { Role } from '../../shared/roles.ts'
import { ENGINE } from '../sim/engine.ts'
import type { OpenInput } from '../sim/input.ts'
import type { Scenario } from '../sim/scenario/scenario.ts'
import type { Sim } from '../sim/sim.ts'
import { tableOf } from '../sim/step.ts'
import { evidenceOf, logsOf, NO_HEAD, sealEntry, timeOf, unpackSamples } from '../store/entry.ts'
import {
  DEFAULT_TEAM,
  type ExerciseMeta,
  type HeldSeat,
  type LogStore,
  type StoredExercise,
} from '../store/logStore.ts'
import { createAnswers } from './answers.ts'
import type { Time } from './ports.ts'
import { createRequestLane, type RequestLane } from './requestLane.ts'
import { restore } from './restore.ts'
import { hashSecret, normaliseCode, type Secrets } from './secrets.ts'
import { createSession, type Session } from './session.ts'
import { createTelemetryLane, type TelemetryLane } from './telemetryLane.ts'

/** The roles of a host who leads the exercise, and of one who plays without a human game master. */
const HOST_ROLES: Readonly<Record<HostRequest['settings']['lead'], readonly Role[]>> = {
  human: ['gm'],
  automatic: ['operations', 'commander', 'communications', 'scribe'],
}

/** An exercise one can ask things of: alive, or only readable (another engine wrote it, or its log is damaged). */
export type Opened =
  | { readonly kind: 'live'; readonly session: Session }
  | {
      readonly kind: 'archived'
      readonly code: 'quarantined' | 'exercise-stopped'
      readonly stored: StoredExercise
      readonly lane: TelemetryLane
      readonly requests: RequestLane
    }

export type Admitted =
  | { readonly ok: true; readonly seated: Seated; readonly token: string }
  | { readonly ok: false; readonly code: RefusalCode }

export interface RegistryOptions {
  readonly store: LogStore
  readonly time: Time
  readonly log: Logger
  readonly secrets: Secrets
  /** The scenario people host by its public id. */
  readonly findScenario: (publicId: string) => Scenario | undefined
  /** A playable sim from a scenario's stored source. Throws when this version cannot read it any more. */
  readonly simOf: (source: Readonly<Record<string, string>>, hash: string) => Sim
}
export type Registry = ReturnType<typeof createRegistry>

/** Every exercise of this server: hosts new ones, opens stored ones on first use, knows whose seat a token is. */
export function createRegistry({ store, time, log, secrets, findScenario, simOf }: RegistryOptions) {
  const opened = new Map<ExerciseId, Promise<Opened | undefined>>()
  const start = (meta: ExerciseMeta, sim: Sim, restored: ReturnType<typeof restore>): Opened => ({
    kind: 'live',
    session: createSession({ meta, sim, store, time, log, errorId: secrets.errorId, restored }),
  })

  async function openStored(id: ExerciseId): Promise<Opened | undefined> {
    const stored = await store.exercise(id)
    if (!stored) return undefined
    const { meta } = stored
    const loaded = await store.load(id)
    const damage = stored.quarantined ?? loaded.damage
    if (damage) {
      log.error(
        { exercise: id, ...damage },
        'the log of this exercise is damaged: it is set aside, readable up to its last good entry',
      )
      // The damage may lie in the file itself; that it cannot be noted there changes nothing.
      if (!stored.quarantined)
        await store
          .quarantine(id, damage)
          .catch((err: unknown) => log.warn({ err }, 'could not note the damage'))
    }
    let why: 'quarantined' | 'exercise-stopped' = damage ? 'quarantined' : 'exercise-stopped'
    let columns: Sim['columns'] = () => []
    let blind: Sim['blind'] = () => false
    let model: Sim['scenario']['model'] | null = null
    try {
      const sim = simOf(meta.source, meta.scenarioHash)
      columns = sim.columns
      blind = sim.blind
      model = sim.scenario.model
      if (!damage && meta.engine === ENGINE) return start(meta, sim, restore({ meta, log: loaded, sim }))
      if (!damage)
        log.info({ exercise: id, engine: meta.engine }, 'written by another version: opened for reading only')
    } catch (err) {
      log.error(
        { err, exercise: id, errorId: secrets.errorId() },
        'this exercise could not be restored; it can still be exported',
      )
      why = damage ? why : 'exercise-stopped'
    }
    const lane = createTelemetryLane(columns, blind)
    const requests = createRequestLane(model)
    for (const entry of loaded.entries) {
      lane.add(unpackSamples(entry.samples), logsOf(entry))
      requests.add(evidenceOf(entry), timeOf(entry))
    }
    return { kind: 'archived', code: why, stored, lane, requests }
  }

  /** The exercise, restored from the store on first use; undefined when there is none of this id. */
  async function open(id: ExerciseId): Promise<Opened | undefined> {
    const before = opened.get(id)
    if (before) return before
    const promise = openStored(id)
    // Kept while it is under way, so that two visitors do not restore it twice; a failure is tried afresh.
    opened.set(id, promise)
    const result = await promise.catch((err: unknown) => {
      opened.delete(id)
      throw err
    })
    if (!result) opened.delete(id)
    return result
  }

  async function admit(session: Session, name: string, roles: Role[]): Promise<Admitted> {
    const seat = secrets.seatId()
    const token = secrets.token()
    const answer = await session.join({ seat, name, roles, tokenHash: hashSecret(token) })
    return answer.ok
      ? { ok: true, seated: { exercise: session.meta.id, seat }, token }
      : { ok: false, code: answer.code }
  }

  async function byCode(code: string): Promise<StoredExercise | undefined> {
    const id = await store.byJoinCode(hashSecret(normaliseCode(code)))
    const stored = id && (await store.exercise(id))
    // A closed or damaged exercise takes nobody in: its code is as good as a wrong one.
    return stored && stored.status.phase !== 'closed' && !stored.quarantined ? stored : undefined
  }

  const forget = time.every(60_000, () => {
    for (const [id, promise] of opened) {
      void promise.then(
        (o) => {
          if (o?.kind === 'live' && (!o.session.idle() || o.session.stopped() !== null)) return
          opened.delete(id)
          if (o?.kind === 'live') void o.session.close()
        },
        () => {},
      )
    }
  })

  return {
    open,
    /** What is known of an exercise without opening it. */
    stored: (id: ExerciseId) => store.exercise(id),
    /** Opens a new exercise and seats its host. */
    async host(request: HostRequest): Promise<Admitted> {
      const scenario = findScenario(request.scenario)
      if (!scenario) return { ok: false, code: 'no-such-thing' }
      const sim = simOf(scenario.source.files, scenario.hash)
      const joinCode = secrets.joinCode()
      const wall = time.wall()
      const input: OpenInput = {
        type: 'open',
        wall,
        name: request.name,
        joinCode,
        seed: request.seed ?? secrets.seed(),
        settings: request.settings,
      }
      const meta: ExerciseMeta = {
        id: secrets.exerciseId(),
        team: DEFAULT_TEAM,
        name: request.name,
        codename: scenario.spec.codename,
        scenarioHash: scenario.hash,
        source: scenario.source.files,
        engine: ENGINE,
        createdAt: wall,
      }
      const { world, facts, samples, logs, evidence } = sim.open(input)
      const first = sealEntry(NO_HEAD, { input, facts, samples, logs, evidence })
      try {
        const status = { phase: tableOf(world.parts).phase, seats: [] }
        await store.create({ meta, joinCodeHash: hashSecret(normaliseCode(joinCode)), status, first })
      } catch (err) {
        log.warn({ err }, 'could not write a new exercise')
        return { ok: false, code: 'not-stored' }
      }
      const lane = createTelemetryLane(sim.columns, sim.blind)
      lane.add(samples, logs)
      const requests = createRequestLane(sim.scenario.model)
      requests.add(evidence, world.now)
      const live = start(meta, sim, {
        world,
        head: { n: first.n, hash: first.hash },
        answers: createAnswers(),
        lane,
        requests,
        snapshotAt: -SNAPSHOT_SOON,
      })
      opened.set(meta.id, Promise.resolve(live))
      if (live.kind !== 'live') throw new Error('a new exercise is alive')
      return admit(live.session, request.host, [...HOST_ROLES[request.settings.lead]])
    },

    /** What stands on the door behind a join code; undefined for a wrong or expired one alike. */
    async door(code: string): Promise<Door | undefined> {
      const stored = await byCode(code)
      if (!stored) return undefined
      const { meta, status } = stored
      const taken = status.seats.flatMap((s) => s.roles.map((role) => ({ role, name: s.name })))
      return { name: meta.name, codename: meta.codename, phase: status.phase, taken }
    },

    /** Seats a person who came by code. `no-such-thing` is a wrong or expired code. */
    async join(request: JoinRequest): Promise<Admitted> {
      const stored = await byCode(request.code)
      const found = stored && (await open(stored.meta.id))
      if (!found) return { ok: false, code: 'no-such-thing' }
      if (found.kind === 'archived') return { ok: false, code: found.code }
      return admit(found.session, request.name, [...new Set(request.roles)])
    },

    /** Whose seat a token opens; undefined for unknown and revoked ones. */
    seatOf: (token: string): Promise<HeldSeat | undefined> => store.seat(hashSecret(token)),

    /** The seats behind these tokens, newest exercise first. */
    async mySeats(held: readonly HeldSeat[]): Promise<MySeats> {
      const out: MySeats = []
      for (const { exercise, seat } of held) {
        const stored = await store.exercise(exercise)
        const mine = stored?.status.seats.find((s) => s.id === seat)
        if (!stored || !mine) continue
        const { meta, status } = stored
        const { name, codename, createdAt } = meta
        out.push({
          exercise,
          seat,
          name,
          codename,
          seatName: mine.name,
          roles: [...mine.roles],
          phase: status.phase,
          createdAt,
        })
      }
      return out.sort((a, b) => b.createdAt - a.createdAt)
    },

    /** Is the log writable? Rejects when not. */
    ready: () => store.check(),

    /** Lets every exercise finish what it was asked, then closes the store. */
    async close() {
      forget()
      const all = await Promise.allSettled(opened.values())
      for (const one of all)
        if (one.status === 'fulfilled' && one.value?.kind === 'live') await one.value.session.close()
      await store.close()
    },
  }
}

// A fresh exercise writes its first snapshot at once: its past of an hour is the longest thing to simulate.
const SNAPSHOT_SOON = 1_000
