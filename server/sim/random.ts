/**
 * Counter-based randomness: each number is a function of (seed, purpose, n) alone. There is no stream to share, so two worlds that
 * ask the same question get the same answer, whatever else they asked before. Whole 32-bit arithmetic: equal on every engine.
 */

function mix(h: number): number {
  // The finaliser of MurmurHash3 (Austin Appleby, public domain).
  let x = h
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** A 32-bit number standing for a purpose: FNV-1a over its characters. Worth keeping where the same purpose is asked often. */
export function purposeHash(purpose: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < purpose.length; i += 1) h = Math.imul(h ^ purpose.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** A number in [0, 1) from a seed, a hashed purpose and a counter. */
export function hashed(seed: number, purpose: number, n: number): number {
  const counter = mix((n | 0) ^ 0x9e3779b9)
  return mix(mix(mix(seed | 0) ^ purpose) ^ counter) / 4294967296
}

/** A number in [0, 1) that depends on (seed, purpose, n) and on nothing else. `n` is a whole number. */
export function random(seed: number, purpose: string, n: number): number {
  return hashed(seed, purposeHash(purpose), n)
}

/**
 * A standard normal number: the sum of twelve uniform ones less six (Irwin–Hall). Within ±6, and exact on every engine since it needs
 * no logarithm.
 */
export function gaussianHashed(seed: number, purpose: number, n: number): number {
  let sum = -6
  for (let i = 0; i < 12; i += 1) sum += hashed(seed, Math.imul(purpose, 31) + i, n)
  return sum
}

/** See {@link gaussianHashed}; the purpose is given as text. */
export const gaussian = (seed: number, purpose: string, n: number): number =>
  gaussianHashed(seed, purposeHash(purpose), n)

/** A whole number from 1 to `sides`, each as likely as the others. */
export function die(
  sides: number,
  at: { readonly seed: number; readonly purpose: string; readonly n: number },
): number {
  return 1 + Math.floor(random(at.seed, at.purpose, at.n) * sides)
}
