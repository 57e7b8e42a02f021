/** Running sums since the last sample, by place. */
export const A = {
  seconds: 0,
  offered: 1,
  ok: 2,
  /** Five places: 404, 429, 500, 503, 504. */
  status: 3,
  abandoned: 8,
  served: 9,
  queue: 10,
  busy: 11,
  slots: 12,
  cpu: 13,
  memory: 14,
  ready: 15,
  /** Of what was served: probability of a random wait, that wait, own service time, its square over the square of the mean. */
  waitChance: 16,
  wait: 17,
  service: 18,
  hits: 19,
  evictions: 20,
  shed: 21,
  lost: 22,
  oom: 23,
  started: 24,
  misses: 25,
  size: 26,
  /** Seconds with any instance ready, and seconds in which it answered nobody. */
  present: 27,
  down: 28,
  /** Variability of its own time, over what was served. */
  cv: 29,
  /** Of what was served: what had to wait for the one lock of a database, and how long with holding it. */
  lockShare: 30,
  lock: 31,
  /** Instances wanted, and those that are neither there nor starting; added and taken away by an autoscaler; refused; without room; crashed. */
  wanted: 32,
  pending: 33,
  scaledUp: 34,
  scaledDown: 35,
  refused: 36,
  roomless: 37,
  crashed: 38,
  /** In `happened` alone: least and greatest certain wait (s); −1: none was seen. */
  waitLow: 39,
  waitHigh: 40,
} as const

/**
 * Places in the block of each arm in `Arms.sums`: attempts; of these lost on the way, failed with a 5xx or a timeout, timed out; then
 * delays, times and their squares. `size` is the length of a block.
 */
export const AS = {
  attempts: 0,
  lost: 1,
  bad: 2,
  late: 3,
  delay: 4,
  time: 5,
  square: 6,
  barred: 7,
  /** Failed at once: barred, turned away or refused at the door. */
  quick: 8,
  size: 9,
} as const

/** Places of `CallState.sums`. */
export const CS = {
  requests: 0,
  calls: 1,
  attempts: 2,
  late: 3,
  failed: 4,
  timeout: 5,
  /** Share of the called instances taken for healthy × seconds. */
  healthy: 6,
  /** Where the caller has a pool: share of it in use × seconds; calls × share that gets no connection, × wait of those that do, × chance of a wait. */
  pool: 7,
  dry: 8,
  wait: 9,
  chance: 10,
} as const

/** The sum of a list of numbers. */
export function sumOf(list: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < list.length; i += 1) sum += list[i] ?? 0
  return sum
}

/** A list of `n` zeros. */
export function zeros(n: number): number[] {
  const list: number[] = []
  for (let i = 0; i < n; i += 1) list.push(0)
  return list
}
