/** Clients that wake together, on top of the usual load: how many, within which time (s), and how long ago they began. */
export interface Herd {
  clients: number
  within: number
  age: number
}

/** How much of the time from `from`, lasting `length`, lies in the second that begins at `second`; what takes no time lies in one second. */
function overlap(second: number, from: number, length: number): number {
  if (length <= 1e-9) return second <= from && from < second + 1 ? 1 : 0
  return Math.max(0, Math.min(second + 1, from + length) - Math.max(second, from)) / length
}

/** Requests of all herds in the next second; those that have passed are forgotten. */
export function wake(herds: Herd[]): number {
  let sum = 0
  for (let i = herds.length - 1; i >= 0; i -= 1) {
    const herd = herds[i]
    if (!herd) continue
    sum += herd.clients * overlap(herd.age, 0, herd.within)
    herd.age += 1
    if (herd.age >= herd.within) herds.splice(i, 1)
  }
  return sum
}

/**
 * What the rate of a fleet that polls every `every` seconds is multiplied by in one second: its polls fall into the first `jitter` of each period,
 * counted from time zero, and none into the rest. 1 on average.
 */
export function pollShare(second: number, o: { readonly every: number; readonly jitter: number }): number {
  const { every, jitter } = o
  if (every <= 1 || jitter >= 1) return 1
  const first = Math.floor(second / every)
  let share = 0
  // A second can end one period and begin the next.
  for (let k = first; k <= first + 1; k += 1) share += overlap(second, k * every, jitter * every)
  return share * every
}
