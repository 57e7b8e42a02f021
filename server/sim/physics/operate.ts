import { add } from './instances.ts'
import type { Model } from './model.ts'
import { OPERATIONS, type OperationName } from './operations.ts'
import { A, type PhysicsState, sumOf } from './state.ts'

/** What to do, to which component (by id), with which arguments: plain or as written in a scenario (`{over: 2m}`). */
export interface OperationCall {
  readonly operation: string
  readonly component: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Why an operation cannot be done; the linter says so before play. */
export type OperationProblem = 'unknown-operation' | 'unknown-component' | 'wrong-kind' | 'bad-arguments'

const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name)

/** Whether an operation makes sense in this system: undefined, or what is wrong. */
export function checkOperation(model: Model, call: OperationCall): OperationProblem | undefined {
  if (!isOperation(call.operation)) return 'unknown-operation'
  const c = model.components.find((x) => x.id === call.component)
  if (!c) return 'unknown-component'
  const operation = OPERATIONS[call.operation]
  if (!operation.kinds.some((kind) => kind === c.kind)) return 'wrong-kind'
  const args = operation.args.safeParse(call.args)
  if (!args.success) return 'bad-arguments'
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
  const c = model.components.find((x) => x.id === call.component)
  const station = c && state.stations[c.index]
  if (!c || !station) return 'unknown-component'
  switch (call.operation) {
    case 'restart': {
      const { mode } = OPERATIONS.restart.args.parse(call.args)
      station.rolling = mode === 'rolling' ? station.ready : -1
      return undefined
    }
    case 'flush':
      station.fill.fill(0)
      return undefined
    case 'warm': {
      const { to, over } = OPERATIONS.warm.args.parse(call.args)
      station.warmTo = to
      station.warmUntil = state.second + Math.max(1, over) + 1
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
      const own = c.versions.map((v) => v.index)
      state.rollouts = state.rollouts.filter((r) => !own.includes(r.version))
      const gap = Math.abs(share - (state.shares[index] ?? 0))
      if (gap > 0) state.rollouts.push({ version: index, to: share, perSecond: gap / Math.max(1, over) })
      return undefined
    }
    case 'truncate':
      station.size = Math.min(station.size, OPERATIONS.truncate.args.parse(call.args).to)
      return undefined
    case 'kill-queue': {
      const waiting = sumOf(station.waiting)
      station.inSystem = Math.max(0, station.inSystem - waiting)
      add(station, A.lost, waiting)
      station.backlog = 0
      station.since = []
      station.until = []
      station.waiting = []
      station.messages = []
      station.messageAt = []
      return undefined
    }
  }
  return undefined
}
