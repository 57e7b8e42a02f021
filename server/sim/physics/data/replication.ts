/** Writes a primary has taken, in spans of exercise time, oldest first: as far back as any follower is behind. */
export interface WriteLog {
  since: number[]
  until: number[]
  count: number[]
}
export const emptyLog = (): WriteLog => ({ since: [], until: [], count: [] })

/** At most so many spans are kept; beyond, neighbours of the old end are joined. */
const MOST_SPANS = 120
/** Fewer writes than this are none: sums carry rounding. */
export const NO_WRITES = 1e-6

/** Notes `count` writes taken in the second that begins at `second`. */
export function logWrites(log: WriteLog, second: number, count: number): void {
  if (count <= 0) return
  log.since.push(second)
  log.until.push(second + 1)
  log.count.push(count)
  if (log.count.length <= MOST_SPANS) return
  // Halves the resolution of the older third; within a span writes count as spread evenly.
  for (let n = 0; n < MOST_SPANS / 3; n += 1) {
    log.until[n] = log.until[n + 1] ?? second
    log.count[n] = (log.count[n] ?? 0) + (log.count[n + 1] ?? 0)
    log.since.splice(n + 1, 1)
    log.until.splice(n + 1, 1)
    log.count.splice(n + 1, 1)
  }
}

/** Forgets what every follower has: all but the newest `behind` writes. */
export function trimLog(log: WriteLog, behind: number): void {
  let kept = 0
  let n = log.count.length
  while (n > 0 && kept < behind) {
    n -= 1
    kept += log.count[n] ?? 0
  }
  log.since.splice(0, n)
  log.until.splice(0, n)
  log.count.splice(0, n)
}

/** Forgets the newest `lost` writes: they are gone with the primary that took them. */
export function cutLog(log: WriteLog, lost: number): void {
  let rest = lost
  while (rest > 0 && log.count.length > 0) {
    const last = log.count.length - 1
    const here = log.count[last] ?? 0
    if (here > rest) {
      const from = log.since[last] ?? 0
      const to = log.until[last] ?? 0
      log.until[last] = from + ((to - from) * (here - rest)) / here
      log.count[last] = here - rest
      return
    }
    rest -= here
    log.since.pop()
    log.until.pop()
    log.count.pop()
  }
}

/** Exercise time at which the oldest of the newest `behind` writes was taken; `now` when there are none. */
export function oldestMissing(log: WriteLog, behind: number, now: number): number {
  let rest = behind
  if (rest <= NO_WRITES) return now
  for (let n = log.count.length - 1; n >= 0; n -= 1) {
    const here = log.count[n] ?? 0
    const from = log.since[n] ?? now
    const to = log.until[n] ?? now
    if (here >= rest) return to - ((to - from) * rest) / here
    rest -= here
  }
  return log.since[0] ?? now
}

/** Writes a follower still lacks after a second in which `writes` were taken and it could apply `speed`; 0 of them while cut off. */
export function behindAfter(
  behind: number,
  o: { writes: number; speed: number; connected: boolean },
): number {
  const rest = behind + o.writes - (o.connected ? o.speed : 0)
  return rest > NO_WRITES ? rest : 0
}

/** Fewest members that must have a write: more than half of all. */
export const majority = (members: number): number => Math.floor(members / 2) + 1
