import { NEVER } from '../never.ts'

/** Callers of one kind keep a name in so many groups, each with its own moment of expiry, spread over one TTL. */
const PHASES = 16

/** What the callers of one address know: in groups that asked at different moments. */
export interface NameState {
  /** Second at which each group must ask again. */
  until: number[]
  /** Share of each group that knows an address at all. */
  known: number[]
  /** Addresses as each group learnt them: weights of the places behind the name, normalised. Empty when there is only one place. */
  weights: number[][]
}

/** What a name server does in a second. */
export interface Resolver {
  /** Share of look-ups answered. */
  readonly ok: number
  /** Exercise seconds an answer is kept. */
  readonly ttl: number
  /** How long beyond that it goes on being used when asking again fails (s). */
  readonly stale: number
}

/** A fleet that has always known the name: groups expire one after another over the first TTL. */
export function knownNames(o: { ttl: number; weights: readonly number[] }): NameState {
  return {
    until: Array.from({ length: PHASES }, (_, n) => (o.ttl * (n + 1)) / PHASES),
    known: Array.from({ length: PHASES }, () => 1),
    weights: o.weights.length > 1 ? Array.from({ length: PHASES }, () => o.weights.slice()) : [],
  }
}

/**
 * Moves what callers know on by the second `second`: groups whose answer has expired ask again, as do all that know nothing. Those who
 * get an answer keep it for a TTL and learn where traffic should go now; those who get none go on with the old one for as long as it may
 * be stale, and then know nothing. Returns the share of callers that had to ask.
 * So a name server that is down takes its names along evenly over one TTL, and a change of address spreads over one TTL.
 */
export function moveNames(
  names: NameState,
  now: { second: number; resolver: Resolver; weights: readonly number[] },
): number {
  const { second, resolver, weights } = now
  let asked = 0
  for (let n = 0; n < PHASES; n += 1) {
    const known = names.known[n] ?? 0
    const until = names.until[n] ?? 0
    if (second < until && known >= 1) continue
    const expired = second >= until
    asked += (expired ? 1 : 1 - known) / PHASES
    if (!expired) {
      names.known[n] = known + (1 - known) * resolver.ok
      continue
    }
    // Old answers are used on while they may be, until most look-ups succeed again.
    const stale = known > 0 && second < until + resolver.stale
    if (stale && resolver.ok < 0.5) continue
    names.known[n] = stale ? known + (1 - known) * resolver.ok : resolver.ok
    if (resolver.ok <= 0) continue
    // The next moment stays in this group's place in the TTL, so that groups do not come to ask in step after a short failure.
    names.until[n] = second - until < resolver.ttl ? until + resolver.ttl : second + resolver.ttl
    const list = names.weights[n]
    if (list) for (let a = 0; a < list.length; a += 1) list[a] = weights[a] ?? 0
  }
  return asked
}

/** Forgets every answer: all must ask at once. */
export function forgetNames(names: NameState): void {
  names.known.fill(0)
  names.until.fill(NEVER)
}

/** Share of callers that know the name. */
export function knownShare(names: NameState): number {
  let sum = 0
  for (let n = 0; n < PHASES; n += 1) sum += names.known[n] ?? 0
  return sum / PHASES
}

/** Part of the traffic that goes to place `arm`, over all groups that know an address. */
export function knownWeight(names: NameState, arm: number): number {
  let sum = 0
  let all = 0
  for (let n = 0; n < PHASES; n += 1) {
    const known = names.known[n] ?? 0
    sum += known * (names.weights[n]?.[arm] ?? 0)
    all += known
  }
  return all > 0 ? sum / all : 0
}
