import { exp } from '../math.ts'
import type { KeyClasses } from '../model/keyClasses.ts'
import { X } from '../model/slots.ts'
import type { Station } from '../state.ts'

/** What a cache is asked and given in one second. */
interface Second {
  /** Look-ups, of which a share `ok` of the misses gets a good answer in time, after `time` seconds. */
  readonly lookups: number
  readonly ok: number
  readonly time: number
  /** Whether a key must leave for every one that comes in. */
  readonly full: boolean
}

/** Mean of 1 over a second in which a share e^(−z) stays missing: (1 − e^(−z)) / z, for small z by its series (to 2e-8). */
function meanMissing(z: number): number {
  if (z < 0.1) return 1 - z * (0.5 - z * (1 / 6 - z * (1 / 24 - z / 120)))
  return z > 40 ? 1 / z : (1 - exp(-z)) / z
}

/** How fast one missing key of popularity `q` comes in: asked for, then fetched, which takes its time. */
const fillRate = (q: number, s: Second): number => {
  const asked = s.lookups * q * s.ok
  return asked > 0 ? 1 / (1 / asked + s.time) : 0
}

/** Share of look-ups answered in a second that begins with `fill` and, while there is room, brings keys in as it goes. */
export function hitRatio(keys: KeyClasses, fill: readonly number[], second: Second): number {
  let hits = 0
  for (let k = 0; k < fill.length; k += 1) {
    const q = keys.popularity[k] ?? 0
    const missing = 1 - (fill[k] ?? 0)
    const share = missing > 1e-9 && !second.full ? missing * meanMissing(fillRate(q, second)) : missing
    hits += (keys.count[k] ?? 0) * q * (1 - share)
  }
  return Math.min(1, Math.max(0, hits))
}

/** Fetches for each miss when those who miss the same key wait for one fetch: less than one where a key is asked for again meanwhile. */
export function fetchesPerMiss(keys: KeyClasses, fill: readonly number[], second: Second): number {
  let misses = 0
  let fetches = 0
  for (let k = 0; k < fill.length; k += 1) {
    const q = keys.popularity[k] ?? 0
    const share = (keys.count[k] ?? 0) * q * (1 - (fill[k] ?? 0))
    misses += share
    fetches += share / (1 + second.lookups * q * second.time)
  }
  return misses > 0 ? fetches / misses : 1
}

/** Share of all keys that are present. */
export function fillRatio(keys: KeyClasses, fill: readonly number[]): number {
  let present = 0
  let all = 0
  for (let k = 0; k < fill.length; k += 1) {
    present += (keys.count[k] ?? 0) * (fill[k] ?? 0)
    all += keys.count[k] ?? 0
  }
  return all > 0 ? present / all : 0
}

/**
 * Moves a cache on by one second: keys asked for and answered in time come in, keys older than the time to live leave, and when more are
 * present than fit, the least recently used leave (hazard λ/(e^(λτ) − 1): the dynamics whose rest is Che's approximation).
 * Returns how many were evicted.
 */
export function moveCache(
  station: Station,
  keys: KeyClasses,
  o: { p: Float64Array; slot: number; second: Second },
): number {
  const { p, slot, second } = o
  const { fill } = station
  const ttl = p[slot + X.ttl] ?? 3600
  const capacity = p[slot + X.capacity] ?? 0
  let present = 0
  for (let k = 0; k < fill.length; k += 1) {
    const q = keys.popularity[k] ?? 0
    let f = fill[k] ?? 0
    const rate = fillRate(q, second)
    if (rate > 0) f = 1 - (1 - f) * exp(-rate)
    // A key that leaves by age is missing until it is asked for again.
    f -= f * Math.min(1, 1 / ttl)
    fill[k] = f
    present += (keys.count[k] ?? 0) * f
  }
  if (present <= capacity) {
    station.lruAge = 0
    return 0
  }
  // The age τ beyond which keys leave, found so that what is left fits.
  const leftAt = (age: number, write: boolean): number => {
    let left = 0
    for (let k = 0; k < fill.length; k += 1) {
      const z = second.lookups * (keys.popularity[k] ?? 0) * age
      const hazard = z > 50 ? 0 : z > 1e-6 ? z / age / (exp(z) - 1) : 1 / age
      const f = (fill[k] ?? 0) * exp(-hazard)
      if (write) fill[k] = f
      left += (keys.count[k] ?? 0) * f
    }
    return left
  }
  let low = 1e-3
  let high = 1e7
  const start = station.lruAge
  if (start > 0) {
    if (leftAt(start * 1.1, false) > capacity) high = start * 1.1
    if (leftAt(start * 0.9, false) <= capacity) low = start * 0.9
  }
  for (let i = 0; i < 40 && high / low > 1.001; i += 1) {
    const middle = Math.sqrt(low * high)
    if (leftAt(middle, false) > capacity) high = middle
    else low = middle
  }
  station.lruAge = low
  return Math.max(0, present - leftAt(low, true))
}
