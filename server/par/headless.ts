import type { Command } from '../../shared/contracts/index.ts'
import type { Settings } from '../../shared/contracts/lifecycle.ts'
import { type SeatId, type SimMs, simMs, wallMs } from '../../shared/ids.ts'
import type { PlayerRole } from '../../shared/roles.ts'
import type { Outcome } from '../../shared/record.ts'
import type { Refused, TimedFact } from '../sim/input.ts'
import { factsOf } from '../sim/score/log.ts'
import { marksOf } from '../sim/score/marks.ts'
import { outcomeOf } from '../sim/score/outcome.ts'
import type { Sim } from '../sim/sim.ts'
import type { World } from '../sim/world.ts'

/** Nobody leads and no dice fall: what happens is the scenario's own doing. */
const SETTINGS: Settings = { lead: 'automatic', dice: 'off', approval: 'none' }
const ROLES: readonly PlayerRole[] = ['commander', 'operations', 'communications', 'scribe']

/** An exercise without people or clock: as fast as it can be computed. */
export interface Headless {
  readonly now: SimMs
  /** False once play has ended. */
  readonly playing: boolean
  readonly facts: readonly TimedFact[]
  /** The largest share of error budget told so far. It never shrinks. */
  readonly spent: number
  /** Lets exercise time pass up to `to`. */
  advance(to: number): void
  /** Does as one of the seats asks: the facts it brought, or the refusal. */
  ask(hand: number, command: Command): readonly TimedFact[] | Refused
  /** Another exercise with the same past. */
  fork(): Headless
  /** How it came out, once play is over for it. */
  outcome(label: string): Outcome
}

const seatOf = (hand: number) => `st_headless${String(hand).padStart(4, '0')}` as SeatId

/** An exercise that has just begun, with `hands` seats of every role. Throws when the engine refuses to begin: a bug. */
export function beginHeadless(
  sim: Sim,
  options: { readonly seed: number; readonly hands: number },
): Headless {
  const { seed, hands } = options
  const opened = sim.open({
    type: 'open',
    wall: wallMs(0),
    name: 'Headless',
    joinCode: '',
    seed,
    settings: SETTINGS,
  })
  let { world } = opened
  const seats = Array.from({ length: hands }, (_, hand) => hand)
  for (const hand of seats) {
    const joined = sim.step(world, {
      type: 'join',
      wall: wallMs(0),
      seat: seatOf(hand),
      name: `Hand ${hand}`,
      roles: [...ROLES],
    })
    if (!joined.ok) throw new Error(`a headless seat was refused: ${joined.code}`)
    world = joined.world
  }
  const run = continueHeadless(sim, { world, facts: opened.facts, asked: 0 })
  for (const type of ['lifecycle.brief', 'lifecycle.start'] as const) {
    const answer = run.ask(0, { type })
    if ('code' in answer) throw new Error(`a headless exercise could not begin: ${answer.code}`)
  }
  return run
}

function continueHeadless(
  sim: Sim,
  from: { readonly world: World; readonly facts: readonly TimedFact[]; readonly asked: number },
): Headless {
  let { world, asked } = from
  const facts = [...from.facts]
  const keep = (stepped: ReturnType<Sim['step']>) => {
    if (stepped.ok) {
      world = stepped.world
      facts.push(...stepped.facts)
    }
    return stepped
  }
  return {
    get now() {
      return world.now
    },
    get playing() {
      return sim.clock(world).running
    },
    facts,
    get spent() {
      return Math.max(0, ...factsOf(facts, 'objectives.measured').map((f) => f.fact.spent))
    },
    advance(to) {
      keep(sim.step(world, { type: 'advance', wall: wallMs(Math.max(0, to)), to: simMs(to) }))
    },
    ask(hand, command) {
      asked++
      const id = `headless-${asked}`
      const stepped = keep(
        sim.step(world, {
          type: 'command',
          wall: wallMs(Math.max(0, world.now)),
          seat: seatOf(hand),
          id,
          command,
        }),
      )
      return stepped.ok ? stepped.facts : stepped
    },
    fork: () => continueHeadless(sim, { world, facts, asked }),
    outcome(label) {
      const marks = marksOf(facts, (_at, late) => late)
      return outcomeOf({ label, scenario: sim.scenario, facts, marks })
    },
  }
}
