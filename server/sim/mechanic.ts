import type { CommandOf, Fact, MechanicName, MineOf, ViewOf } from '../../shared/contracts/index.ts'
import type { Settings } from '../../shared/contracts/lifecycle.ts'
import type { Seat } from '../../shared/contracts/seats.ts'
import type { LogLine } from '../../shared/frames.ts'
import type { SeatId, SimMs, WallMs } from '../../shared/ids.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import { type Phase, type Role, ROLES } from '../../shared/roles.ts'
import type { TimedFact } from './input.ts'
import type { Read } from './scenario/expression.ts'
import type { Scenario } from './scenario/scenario.ts'

/** What every mechanic may know of the table, whatever it is about. */
export interface Table {
  readonly phase: Phase
  readonly settings: Settings
  readonly seats: readonly Seat[]
  readonly name: string
  readonly joinCode: string
}

/** What a view is built with: reading only. */
export interface ViewCtx {
  readonly now: SimMs
  readonly wall: WallMs
  readonly seed: number
  readonly scenario: Scenario
  readonly table: Table
  /** Telemetry as the true system gives it. */
  readonly truth: Read
  /** Telemetry as players can see it. */
  readonly seen: Read
}

/** What a mechanic acts with. Everything it does beside its own state goes through here. */
export interface Ctx extends ViewCtx {
  /** States a fact; every mechanic may react to it. `seat` is through whom, null for the world itself. */
  emit(fact: Fact, seat?: SeatId | null): void
  /** Puts something on the agenda of the calling mechanic; the same key again replaces. */
  schedule(key: string, at: SimMs, data?: unknown): void
  cancel(key: string): void
  /** A new local id: `run-3`. */
  id(prefix: string): string
  log(line: Omit<LogLine, 'n' | 'at'>): void
  /** Whether anybody will ever look at single requests: searches for the best run do not. */
  readonly watched: boolean
  /** Puts down a sampled request or a row of a heat map, as a line of text. */
  evidence(line: string): void
}

export interface Refusal {
  readonly code: RefusalCode
  readonly where?: string
}

/** Who may ask for a command, and when: data, so that one table of it can be read and tested. */
export interface Permission {
  readonly roles: readonly Role[]
  readonly phases: readonly Phase[]
  /** Further roles that may when no human game master leads. */
  readonly automatic?: readonly Role[]
}

/** A sample on its way: the model's values are in, the rest is null until `fill` has run. */
export interface SampleDraft {
  readonly values: (number | null)[]
  readonly sources: Readonly<Record<string, SourceTotals>>
}
/** Requests of one traffic source since the World began; `slow(s)` is how many took longer than `s` seconds. */
export interface SourceTotals {
  readonly total: number
  readonly bad: number
  slow(seconds: number): number
}

export type CommandName<M extends MechanicName> = CommandOf<M> extends { type: `${M}.${infer C}` } ? C : never

/** One rule set: its state, what people may ask of it, how it answers the world, and what each role may see. */
export interface Mechanic<M extends MechanicName, S> {
  init(ctx: ViewCtx): S
  readonly may: { readonly [C in CommandName<M>]: Permission }
  /** Does what was asked by changing `state`, or says why not (and then has changed nothing). */
  decide(state: S, command: CommandOf<M>, ctx: Ctx & { readonly by: Seat }): Refusal | undefined
  react?(state: S, timed: TimedFact, ctx: Ctx): void
  due?(state: S, item: { readonly key: string; readonly data: unknown }, ctx: Ctx): void
  /** Once for each whole exercise second; may hand back a sample that is due. */
  second?(state: S, ctx: Ctx): SampleDraft | undefined
  /** Completes a sample before anyone sees it. */
  fill?(state: S, draft: SampleDraft, ctx: Ctx): void
  /** After each sample, during play. */
  sampled?(state: S, ctx: Ctx): void
  /** Every role is named: a new role or mechanic cannot forget to say what is hidden. */
  readonly view: { readonly [R in Role]: ((state: S, ctx: ViewCtx) => ViewOf<M>) | 'hidden' }
  /** What one seat alone may know. */
  mine?(state: S, seat: Seat, ctx: ViewCtx): MineOf<M>
}

/** A fact of one mechanic, found by its tag. */
export const isFact = <T extends Fact['type']>(fact: Fact, type: T): fact is Extract<Fact, { type: T }> =>
  fact.type === type

/** The same view for each role named in `to`; all others see nothing. */
export function views<V>(to: readonly Role[], see: V): { readonly [R in Role]: V | 'hidden' } {
  // The keys are exactly the roles.
  return Object.fromEntries(ROLES.map((r) => [r, to.includes(r) ? see : 'hidden'])) as {
    [R in Role]: V | 'hidden'
  }
}
export const EVERYONE: readonly Role[] = ROLES
export const PLAYERS: readonly Role[] = ['commander', 'operations', 'communications', 'scribe']
