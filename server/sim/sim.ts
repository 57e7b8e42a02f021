import {
  contracts,
  type Contract,
  MECHANICS,
  type MechanicName,
  type RoleView,
  type SeatView,
} from '../../shared/contracts/index.ts'
import type { ParameterList } from '../../shared/api.ts'
import type { Seat } from '../../shared/contracts/seats.ts'
import { type SeatId, simMs } from '../../shared/ids.ts'
import type { Role } from '../../shared/roles.ts'
import { PAST_MS } from './engine.ts'
import type { Effected, Input, OpenInput, Refused, Stepped } from './input.ts'
import type { Permission, ViewCtx } from './mechanic.ts'
import type { LifecycleState } from './mechanics/lifecycle.ts'
import type { SystemState } from './mechanics/system.ts'
import { parameterList } from './mechanics/system/parameterList.ts'
import { readOf } from './read.ts'
import type { Scenario } from './scenario/scenario.ts'
import { mechanicOf, openDraft, tableOf } from './step.ts'
import type { World } from './world.ts'

/** One scenario, ready to be played: the only door to a World. Pure, synchronous, total. */
export interface Sim {
  readonly scenario: Scenario
  /** A new World with its healthy past, from the first entry of its log. */
  open(input: OpenInput): Effected
  /** The World after an input, or why not. The World given stays as it is. */
  step(world: World, input: Input): Stepped
  /** What a role may know, built up from nothing and parsed by strict contracts. Throws if a mechanic broke its contract. */
  view(world: World, role: Role): RoleView
  /** What one seat alone may know. */
  mine(world: World, seat: SeatId): SeatView
  /** Which columns of a sample a role may see, in the order of its `system.metrics`. */
  columns(role: Role): readonly number[]
  /** Whether a sample reached nobody but the game master, because monitoring was down. */
  blind(values: readonly (number | null)[]): boolean
  /** Every parameter of the simulated system as it is now: the whole truth, for the game master. */
  parameters(world: World): ParameterList
  clock(world: World): { readonly running: boolean; readonly speed: number }
  seat(world: World, seat: SeatId): Seat | undefined
}

const refuse = (code: Refused['code'], where?: string): Refused => ({
  ok: false,
  code,
  ...(where !== undefined && { where }),
})

function emptyWorld(input: OpenInput): World {
  return {
    now: simMs(-PAST_MS),
    wall: input.wall,
    seed: input.seed,
    counts: { ids: 0, order: 0, samples: 0, logs: 0 },
    agenda: [],
    recent: [],
    parts: Object.fromEntries(MECHANICS.map((m) => [m, null])) as Record<MechanicName, unknown>,
  }
}

/** Whether a seat's roles, the phase and the lead allow a command: 'yes', or the refusal to give. */
export function allowed(
  may: Permission,
  seat: Seat,
  table: { phase: string; settings: { lead: string } },
): 'yes' | 'not-yours' | 'wrong-phase' {
  const roles = table.settings.lead === 'automatic' ? [...may.roles, ...(may.automatic ?? [])] : may.roles
  if (!seat.roles.some((r) => roles.includes(r))) return 'not-yours'
  return may.phases.some((p) => p === table.phase) ? 'yes' : 'wrong-phase'
}

/** See {@link Sim}. Not `watched`, it leaves out single requests, which nobody asks of a run without people. */
export function createSim(scenario: Scenario, { watched = true }: { watched?: boolean } = {}): Sim {
  const monitoring = scenario.columnOf('monitoring.up')
  const columns = { all: scenario.metrics.map((_, i) => i), seen: scenario.visible }
  const viewCtx = (world: World): ViewCtx => {
    const recent = () => world.recent
    return {
      now: world.now,
      wall: world.wall,
      seed: world.seed,
      scenario,
      table: tableOf(world.parts),
      truth: readOf(recent),
      seen: readOf(recent, monitoring),
    }
  }
  const seatOf = (world: World, id: SeatId) => tableOf(world.parts).seats.find((s) => s.id === id)

  function command(world: World, input: Extract<Input, { type: 'command' }>): Stepped {
    const seat = seatOf(world, input.seat)
    if (!seat) return refuse('not-yours')
    const [name = '', what = ''] = input.command.type.split('.')
    const may: Permission | undefined = mechanicOf(name as MechanicName)?.may[what]
    if (!may) return refuse('unknown-command')
    const verdict = allowed(may, seat, tableOf(world.parts))
    if (verdict !== 'yes') return refuse(verdict)
    const draft = openDraft(scenario, world, { wall: input.wall, watched })
    const refusal = draft.decide(input.command, seat)
    return refusal ? refuse(refusal.code, refusal.where) : draft.finish()
  }

  return {
    scenario,
    open(input) {
      const empty = emptyWorld(input)
      const lifecycle: LifecycleState = {
        phase: 'lobby',
        name: input.name,
        joinCode: input.joinCode,
        settings: input.settings,
        speed: 1,
        stopped: null,
        movedAt: input.wall,
      }
      const parts: Record<MechanicName, unknown> = { ...empty.parts, lifecycle, seats: { seats: [] } }
      const ctx: ViewCtx = { ...viewCtx({ ...empty, parts }), table: tableOf(parts) }
      for (const name of MECHANICS) {
        if (name !== 'lifecycle' && name !== 'seats') parts[name] = mechanicOf(name).init(ctx)
      }
      const draft = openDraft(scenario, { ...empty, parts }, { wall: input.wall, watched })
      draft.advance(simMs(0), false)
      draft.emit({
        type: 'lifecycle.opened',
        scenario: scenario.spec.id,
        seed: input.seed,
        settings: input.settings,
      })
      draft.settle()
      return draft.finish()
    },
    step(world, input) {
      switch (input.type) {
        case 'open':
          return refuse('already-done')
        case 'join': {
          const { phase, seats } = tableOf(world.parts)
          if (phase === 'closed') return refuse('wrong-phase')
          if (seats.length >= MOST_SEATS) return refuse('too-many')
          if (seats.some((s) => s.id === input.seat)) return refuse('already-done')
          const draft = openDraft(scenario, world, { wall: input.wall, watched })
          draft.emit(
            { type: 'seats.joined', seat: input.seat, name: input.name, roles: input.roles },
            input.seat,
          )
          draft.settle()
          return draft.finish()
        }
        case 'advance': {
          if (tableOf(world.parts).phase !== 'running') return refuse('wrong-phase')
          if (input.to <= world.now) return refuse('already-done', 'to')
          const draft = openDraft(scenario, world, { wall: input.wall, watched })
          draft.advance(input.to, true)
          return draft.finish()
        }
        case 'command':
          return command(world, input)
      }
    },
    view(world, role) {
      const ctx = viewCtx(world)
      const out: Record<string, unknown> = {}
      for (const name of MECHANICS) {
        const see = mechanicOf(name).view[role]
        if (see !== 'hidden') out[name] = contracts[name].view.parse(see(world.parts[name], ctx))
      }
      // Each part was just parsed by the contract that gives RoleView its type.
      return out
    },
    mine(world, id) {
      const seat = seatOf(world, id)
      if (!seat) return {}
      const ctx = viewCtx(world)
      const out: Record<string, unknown> = {}
      for (const name of MECHANICS) {
        const contract: Contract = contracts[name]
        const mine = mechanicOf(name).mine
        if (contract.mine && mine) out[name] = contract.mine.parse(mine(world.parts[name], seat, ctx))
      }
      return out
    },
    columns: (role) => (role === 'gm' ? columns.all : columns.seen),
    blind: (values) => monitoring !== undefined && values[monitoring] === 0,
    parameters(world) {
      const { effects } = world.parts.system as SystemState
      const delayMs = scenario.spec.alerting.delay
      return parameterList({ model: scenario.model, effects, now: world.now, delayMs })
    },
    clock(world) {
      const { phase, speed } = world.parts.lifecycle as LifecycleState
      return { running: phase === 'running', speed }
    },
    seat: seatOf,
  }
}

/** Far more than a table holds, few enough that one exercise cannot fill the memory. */
export const MOST_SEATS = 200
