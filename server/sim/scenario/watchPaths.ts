import { type Model, resolvePath, valueOf } from '../physics/index.ts'
import type { Quantity } from './units.ts'

/** A parameter of what watches the system: no part of the physics, and yet something that fails. */
interface WatchParameter {
  /** What people call it that has this parameter. */
  readonly owner: string
  readonly quantity: Quantity
  readonly default: number
  readonly min: number
  readonly max: number
  readonly describe: string
}

/** The parameters that effects can reach beside those of the system itself. */
export const WATCH_PARAMETERS = {
  'monitoring.up': {
    owner: 'Monitoring',
    quantity: 'flag',
    default: 1,
    min: 0,
    max: 1,
    describe: 'Whether samples reach the people who watch; the truth goes on without them',
  },
  'alerting.up': {
    owner: 'Alerting',
    quantity: 'flag',
    default: 1,
    min: 0,
    max: 1,
    describe: 'Whether notifications reach on-call; rules are evaluated all the same',
  },
  'alerting.delay': {
    owner: 'Alerting',
    quantity: 'seconds',
    default: 0,
    min: 0,
    max: 3600,
    describe: 'How long a notification is on its way',
  },
} as const satisfies Readonly<Record<string, WatchParameter>>
export type WatchPath = keyof typeof WATCH_PARAMETERS
// The keys of a literal are its own.
export const WATCH_PATHS = Object.keys(WATCH_PARAMETERS) as readonly WatchPath[]

/** First parts of those paths: no component may be called so. */
export const WATCH_OWNERS = ['monitoring', 'alerting'] as const

const isWatchPath = (path: string): path is WatchPath => Object.hasOwn(WATCH_PARAMETERS, path)

/** How such a parameter is declared; undefined for those of the system. */
export const watchParameter = (path: string): WatchParameter | undefined =>
  isWatchPath(path) ? WATCH_PARAMETERS[path] : undefined

/** An influence on one parameter, active now, with its value resolved. */
interface Active {
  readonly path: string
  readonly op: 'set' | 'scale' | 'add'
  readonly value: number
}

/** The value of such a parameter under the active effects: base, the latest `set`, times every `scale`, plus every `add`, clamped. */
export function watchValue(path: WatchPath, base: number, effects: readonly Active[]): number {
  const mine = effects.filter((e) => e.path === path)
  if (mine.length === 0) return base
  const set = mine.findLast((e) => e.op === 'set')?.value ?? base
  const scaled = mine.reduce((x, e) => (e.op === 'scale' ? x * e.value : x), set)
  const { min, max } = WATCH_PARAMETERS[path]
  return Math.min(
    max,
    Math.max(
      min,
      mine.reduce((x, e) => (e.op === 'add' ? x + e.value : x), scaled),
    ),
  )
}

/** What these parameters are while nothing bears on them. */
export const watchBase = (path: WatchPath, delayMs: number): number =>
  path === 'alerting.delay' ? delayMs / 1000 : WATCH_PARAMETERS[path].default

/** What a path names, within the system or beside it: its quantity and range; undefined when there is no such parameter. */
export function rangeOf(
  model: Model,
  path: string,
): { readonly quantity: Quantity; readonly min: number; readonly max: number } | undefined {
  return isWatchPath(path) ? WATCH_PARAMETERS[path] : resolvePath(model, path)
}

/** The value at a path under the active effects, within the system or beside it, in base units. `delayMs` is the alert path's own delay. */
export function valueAt(
  model: Model,
  o: { readonly path: string; readonly effects: readonly Active[]; readonly delayMs: number },
): number {
  const { path, effects, delayMs } = o
  return isWatchPath(path)
    ? watchValue(path, watchBase(path, delayMs), effects)
    : valueOf(model, effects, path)
}

/** Every path that effects can reach, those beside the system first. */
export const pathsOf = (model: Model): string[] => [...Object.keys(WATCH_PARAMETERS), ...model.paths.keys()]
