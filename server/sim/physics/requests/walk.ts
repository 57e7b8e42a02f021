import type { Draws } from './draws.ts'

/** Answers that are none, in the order in which the model counts them. */
export const STATUSES = [404, 429, 500, 503, 504] as const
/** How a request ends: the place of its status in {@link STATUSES}, or −1 for a good answer. */
export type Outcome = number
export const GOOD: Outcome = -1

/** What one attempt meets behind one arm, as its caller sees it; `ok` and the five shares sum to 1, `late` is part of the last. */
export interface ArmAnswer {
  readonly ok: number
  readonly status: readonly number[]
  readonly late: number
}
/** One of the ways a call or a source can take: the cell behind it, its share of the attempts, the added round trip (s). */
export interface WalkArm {
  readonly to: number
  readonly weight: number
  readonly network: number
  /** Share of attempts the called cell never hears of: lost on the way, and of these without a connection of the caller's pool. */
  readonly loss: number
  readonly dry: number
  readonly answer: ArmAnswer
}
/** A way a call can go: all of them, or those that read and those that write. */
export interface WalkWay {
  /** Share of the calls that go this way. */
  readonly share: number
  readonly arms: readonly WalkArm[]
  /** Waiting for a connection of the caller's pool: how likely, and how long on average where at all (s). */
  readonly poolChance: number
  readonly poolWait: number
  /** Attempts sent for each call, on average: none where the caller holds back or its breaker is open. */
  readonly attempts: number
  /** Share of attempts that fail in a way worth retrying. */
  readonly again: number
  /** Share of calls that fail after all attempts; and how those ended (shares of the five, sum 1). */
  readonly failed: number
  readonly status: readonly number[]
}
/** A call of a station in this second. Shares that follow from others are kept beside them, as the model reckoned them. */
export interface WalkCall {
  readonly ways: readonly WalkWay[]
  /** The component asked. */
  readonly to: number
  /** Calls for each request that gets so far, or for each miss where `onMiss`. */
  readonly per: number
  readonly onMiss: boolean
  /** The call (its place in the list) whose misses cause this one; −1: the station's own. */
  readonly cover: number
  readonly covered: boolean
  /** Of the cache asked, when covered: share of look-ups it answers, and fetches for each miss. */
  readonly hit: number
  readonly fetches: number
  readonly timeout: number
  readonly retries: number
  readonly backoff: number
  readonly jitter: number
  /** A circuit breaker keeps back what is not sent; otherwise the caller does so by itself. */
  readonly breaker: boolean
  /** Over all ways: share of calls that fail, how those ended; share of them the request survives. */
  readonly failed: number
  readonly status: readonly number[]
  readonly survived: number
  /** Status the caller gives for each of the five. */
  readonly passed: readonly number[]
}
export interface WalkVersion {
  readonly index: number
  /** Share of the station's traffic. */
  readonly weight: number
  /** Own service time against the station's mean. */
  readonly scale: number
  readonly own: readonly number[]
}
/** One queue with its servers, as it was in this second. */
export interface WalkStation {
  readonly component: number
  readonly cell: number
  /** Instances that answer. */
  readonly nodes: number
  /** Whether it answers at all. */
  readonly up: boolean
  /** Requests that arrive, a second. */
  readonly rate: number
  /** Share of served requests that end with each of the five, and own errors alone. */
  readonly fail: readonly number[]
  readonly own: readonly number[]
  readonly versions: readonly WalkVersion[]
  readonly waitChance: number
  /** Mean of the random wait of those who wait, and the certain wait, from one end of the second to the other (s). */
  readonly waitMean: number
  readonly backlogLow: number
  readonly backlogHigh: number
  readonly service: number
  readonly cv: number
  /** Share of requests that need the one lock, and what that takes them (s). */
  readonly lockShare: number
  readonly lockTime: number
  /** Share of look-ups answered; −1: no cache. */
  readonly hit: number
  readonly fetches: number
  readonly calls: readonly WalkCall[]
}
/** Requests of one source that are treated alike. */
export interface WalkSource {
  readonly name: string
  /** The values of its attributes for one of them. */
  readonly attributes: (draw: Draws) => Record<string, string>
  /** The component it reaches. */
  readonly to: number
  /** All cells of the system as these requests find them. */
  readonly stations: () => readonly WalkStation[]
  /** Attempts a second, and their shares by attempt number (first, second …). */
  readonly rate: number
  readonly attempts: readonly number[]
  readonly timeout: number
  readonly arms: readonly WalkArm[]
}

/** Work a cell takes up by itself, of one class: a worker's messages, pieces of a job. */
export interface WalkPull {
  /** The queue it comes from, or the job. */
  readonly name: string
  readonly cell: number
  /** Pieces a second. */
  readonly rate: number
  readonly attributes: (draw: Draws) => Record<string, string>
  readonly stations: () => readonly WalkStation[]
}

/**
 * One second of the simulated system as single requests need it: shares, times and ways, read from the same numbers as the metrics.
 * Nothing here decides anything; it is only looked at.
 */
export interface Walk {
  readonly sources: readonly WalkSource[]
  readonly pulls: readonly WalkPull[]
  /** By cell, over all requests. */
  readonly stations: readonly WalkStation[]
}
