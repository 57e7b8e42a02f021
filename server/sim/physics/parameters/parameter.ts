import type { Quantity } from '../../scenario/units.ts'

/** One number of the model that an author sets and an effect may change. Values are in SI base numbers. */
export interface Parameter {
  readonly quantity: Quantity
  readonly default: number
  readonly min: number
  readonly max: number
  readonly describe: string
  /** Where the default comes from; without one it is a round number for a small company. */
  readonly source?: string
  /** Laid down when the exercise is opened: no effect can change it. */
  readonly fixed?: true
}
/** Parameters by name; a dotted name is a nested object in YAML: `memory.limit` is `memory: {limit: …}`. */
export type Parameters = Readonly<Record<string, Parameter>>

export const p = (
  quantity: Quantity,
  [value, min, max]: readonly [number, number, number],
  describe: string,
  source?: string,
): Parameter => ({ quantity, default: value, min, max, describe, ...(source !== undefined && { source }) })
export const share = (value: number, describe: string, source?: string) =>
  p('ratio', [value, 0, 1], describe, source)
export const flag = (value: 0 | 1, describe: string) => p('flag', [value, 0, 1], describe)
export const time = (value: number, describe: string, source?: string) =>
  p('seconds', [value, 0, 86_400], describe, source)
export const fixed = (param: Parameter): Parameter => ({ ...param, fixed: true })
export const MIB = 1_048_576
/** Stands for "no limit" where a limit is a count or a rate. */
export const UNLIMITED = 1e9

/** Status codes a component may answer with instead of an answer. */
export const ERRORS = {
  'errors.404': share(0, 'Share of requests answered 404'),
  'errors.429': share(0, 'Share of requests answered 429'),
  'errors.500': share(0, 'Share of requests answered 500'),
  'errors.503': share(0, 'Share of requests answered 503'),
  'errors.504': share(0, 'Share of requests answered 504'),
} satisfies Parameters
