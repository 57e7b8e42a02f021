import { add } from './fleet/instances.ts'
import { cancelRun } from './data/jobs.ts'
import type { Model, SourceModel } from './model/model.ts'
import { forgetNames } from './calls/names.ts'
import { dataMisfit, isDataOperation, rollMembers } from './data/operateData.ts'
import { OPERATIONS, type OperationName } from './operations.ts'
import { beginRollout, rolloutTo } from './fleet/rollout.ts'
import { A, NEVER, type PhysicsState, sumOf } from './state.ts'

/** What to do, to which component (by id) or source of traffic (`traffic.<id>`), with which arguments: plain or as written in a scenario (`{over: 2m}`). */
export interface OperationCall {
  readonly operation: string
  readonly component: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Why an operation cannot be done; the linter says so before play. */
export type OperationProblem = 'unknown-operation' | 'unknown-component' | 'wrong-kind' | 'bad-arguments'

const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name)

/** The source of traffic that is named `traffic.<id>`. */
const sourceOf = (model: Model, target: string): SourceModel | undefined =>
  target.startsWith('traffic.') ? model.sources.find((s) => `traffic.${s.id}` === target) : undefined

/** Whether an operation makes sense in this system: undefined, or what is wrong. */
export function checkOperation(model: Model, call: OperationCall): OperationProblem | undefined {
  if (!isOperation(call.operation)) return 'unknown-operation'
  const source = sourceOf(model, call.component)
  if (source) {
    if (!('sources' in OPERATIONS[call.operation])) return 'wrong-kind'
    return OPERATIONS[call.operation].args.safeParse(call.args).success ? undefined : 'bad-arguments'
  }
  const c = model.components.find((x) => x.id === call.component)
  if (!c) return 'unknown-component'
  const operation = OPERATIONS[call.operation]
  if (!operation.kinds.some((kind) => kind === c.kind)) return 'wrong-kind'
  const args = operation.args.safeParse(call.args)
  if (!args.success) return 'bad-arguments'
  if (dataMisfit(c, { operation: call.operation, args: args.data })) return 'bad-arguments'
  const version: unknown = 'version' in args.data ? args.data.version : undefined
  return version !== undefined && !c.versions.some((v) => v.name === version) ? 'bad-arguments' : undefined
}

/** Does a one-shot operation to the system's state. What cannot be done changes nothing and is named. */
export function operate(
  model: Model,
  state: PhysicsState,
  call: OperationCall,
): OperationProblem | undefined {
  const problem = checkOperation(model, call)
  if (problem) return problem
  const source = sourceOf(model, call.component)
  if (source) {
    const { clients, within } = OPERATIONS.wake.args.parse(call.args)
    state.sources[source.index]?.herds.push({ clients, within, age: 0 })
    return undefined
  }
  const c = model.components.find((x) => x.id === call.component)
  const stations = c?.cells.flatMap((i) => state.stations[i] ?? []) ?? []
  // What all cells share is kept in the first.
  const [first] = stations
  if (!c || !first) return 'unknown-component'
  if (isDataOperation(call.operation)) {
    state.orders.push({ component: c.index, operation: call.operation, args: call.args })
    return undefined
  }
  switch (call.operation) {
    case 'restart': {
      const { mode } = OPERATIONS.restart.args.parse(call.args)
      if (mode === 'rolling' && rollMembers(state, c)) return undefined
      for (const station of stations) station.rolling = mode === 'rolling' ? station.ready : -1
      return undefined
    }
    case 'flush':
      for (const station of stations) station.fill.fill(0)
      return undefined
    case 'warm': {
      const { to, over } = OPERATIONS.warm.args.parse(call.args)
      for (const station of stations) {
        station.warmTo = to
        station.warmUntil = state.second + Math.max(1, over) + 1
      }
      return undefined
    }
    case 'deploy':
    case 'rollback': {
      const { version, over } = OPERATIONS.rollback.args.parse({
        version: call.args['version'],
        over: call.args['over'],
      })
      const share = call.operation === 'deploy' ? OPERATIONS.deploy.args.parse(call.args).share : 1
      const index = c.versions.find((v) => v.name === version)?.index ?? 0
      state.rollouts = state.rollouts.filter((r) => r.component !== c.index)
      const rolled = rolloutTo(state.shares, { versions: c.versions.map((v) => v.index), index, share })
      if (rolled)
        state.rollouts.push(
          beginRollout({ component: c.index, cells: c.cells, over, never: NEVER, ...rolled }),
        )
      return undefined
    }
    case 'truncate':
      first.size = Math.min(first.size, OPERATIONS.truncate.args.parse(call.args).to)
      return undefined
    case 'start-run': {
      const job = state.jobs[c.index]
      if (job) job.asked += 1
      return undefined
    }
    case 'cancel-run': {
      const job = state.jobs[c.index]
      if (job) cancelRun(job)
      return undefined
    }
    case 'forget-names':
      for (const lookup of model.lookups) {
        const names = state.names[lookup.index]
        if (lookup.via === c.index && names) forgetNames(names)
      }
      return undefined
    case 'reset-quota':
      first.used = 0
      return undefined
    case 'kill-queue': {
      for (const station of stations) {
        const waiting = sumOf(station.waiting)
        station.inSystem = Math.max(0, station.inSystem - waiting)
        add(station, A.lost, waiting)
        station.backlog = station.scatter = 0
        station.since = []
        station.until = []
        station.waiting = []
      }
      first.messages = []
      first.messageAt = []
      return undefined
    }
  }
  return undefined
}
