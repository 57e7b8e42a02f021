import { createHash } from 'node:crypto'
import type { LogLine } from '../../shared/frames.ts'
import type { WallMs } from '../../shared/ids.ts'
import { Input, type Sample, type TimedFact } from '../sim/input.ts'
import type { Damage } from './logStore.ts'

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64)

/** One accepted input and all it did, as text: what was written is what is hashed. */
export interface SealedEntry {
  /** Counts from 0 without gaps. */
  readonly n: number
  readonly wall: WallMs
  /** `seat command-id` of the person's command; null for everything else. */
  readonly command: string | null
  readonly input: string
  readonly facts: string
  /** Telemetry as it was told: see `packSamples`. */
  readonly samples: string
  readonly logs: string
  /** Sampled requests and rows of heat maps, a line each; the empty text for none. */
  readonly evidence: string
  readonly hash: string
}

/** Where a log stands: the number and hash of its newest entry. */
export interface Head {
  readonly n: number
  readonly hash: string
}
export const NO_HEAD: Head = { n: -1, hash: GENESIS }

/** An accepted input before it is written. */
export interface Happening {
  readonly input: Input
  readonly facts: readonly TimedFact[]
  readonly samples: readonly Sample[]
  readonly logs: readonly LogLine[]
  readonly evidence: readonly string[]
}

/** The key under which a command is known: a seat cannot meet another seat's ids. */
export const commandKey = (seat: string, id: string) => `${seat} ${id}`

function digest(prev: string, e: Omit<SealedEntry, 'hash'>): string {
  const hash = createHash('sha256')
  // Entries from before there was evidence have none, and keep the hash they were given.
  const evidence = e.evidence === '' ? [] : [e.evidence]
  // Lengths go in as well, so that text cannot wander from one field to the next unseen.
  for (const part of [
    prev,
    String(e.n),
    String(e.wall),
    e.command ?? '',
    e.input,
    e.facts,
    e.samples,
    e.logs,
    ...evidence,
  ]) {
    hash.update(`${part.length}:`).update(part)
  }
  return hash.digest('hex')
}

/** The next entry of a log, chained to the one before it. */
export function sealEntry(head: Head, happening: Happening): SealedEntry {
  const { input } = happening
  const entry = {
    n: head.n + 1,
    wall: input.wall,
    command: input.type === 'command' ? commandKey(input.seat, input.id) : null,
    input: JSON.stringify(input),
    facts: JSON.stringify(happening.facts),
    samples: packSamples(happening.samples),
    logs: JSON.stringify(happening.logs),
    evidence: happening.evidence.join('\n'),
  }
  return { ...entry, hash: digest(head.hash, entry) }
}

/** The leading entries whose numbers and hashes hold, and where the chain breaks if it does. */
export function verifyChain(entries: readonly SealedEntry[]): {
  good: readonly SealedEntry[]
  damage: Damage | null
} {
  let head = NO_HEAD
  for (const [i, entry] of entries.entries()) {
    const why =
      entry.n !== head.n + 1
        ? `entry ${head.n + 1} is missing`
        : digest(head.hash, entry) !== entry.hash
          ? `entry ${entry.n} was changed after it was written`
          : null
    if (why) return { good: entries.slice(0, i), damage: { lastGood: head.n, why } }
    head = entry
  }
  return entries.length === 0
    ? { good: [], damage: { lastGood: -1, why: 'the log is empty' } }
    : { good: entries, damage: null }
}

/** The input of an entry, parsed. Throws when the text is not one (the chain was checked before, so that is a bug). */
export const inputOf = (entry: SealedEntry): Input => Input.parse(JSON.parse(entry.input))
// Both were written by `sealEntry` from these very types, and the chain vouches for the text.
export const factsOf = (entry: SealedEntry): readonly TimedFact[] => JSON.parse(entry.facts) as TimedFact[]
export const logsOf = (entry: SealedEntry): readonly LogLine[] => JSON.parse(entry.logs) as LogLine[]

/** The lines of evidence of an entry. */
export const evidenceOf = (entry: SealedEntry): readonly string[] =>
  entry.evidence === '' ? [] : entry.evidence.split('\n')

/** Exercise ms up to which an entry moved the clock; −∞ where it did not. */
export function timeOf(entry: SealedEntry): number {
  const input = inputOf(entry)
  return input.type === 'advance' ? input.to : input.type === 'open' ? 0 : -Infinity
}

/** Four significant digits: more than any chart shows, a third of the bytes. Not a number becomes unknown. */
export function compact(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(4))
}

type Packed = [first: number, at: number[], values: (number | null)[][]]

/** Samples as `[first, [at …], [[value …] …]]`, rounded; the empty text for none. */
export function packSamples(samples: readonly Sample[]): string {
  const [first] = samples
  if (!first) return ''
  const packed: Packed = [first.n, samples.map((s) => s.at), samples.map((s) => s.values.map(compact))]
  return JSON.stringify(packed)
}

/** What `packSamples` packed. */
export function unpackSamples(
  text: string,
): readonly { n: number; at: number; values: readonly (number | null)[] }[] {
  if (text === '') return []
  // Written by packSamples alone.
  const [first, at, values] = JSON.parse(text) as Packed
  return values.map((row, i) => ({ n: first + i, at: at[i] ?? 0, values: row }))
}
