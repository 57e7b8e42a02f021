/** Time at the one lock of a database, over all requests: mean (s) and variance. */
export interface LockTime {
  mean: number
  variance: number
}

/**
 * Waiting for the one lock and holding it: M/M/1 on the `share` of `starts` requests a second that need it, each for `time` seconds. It
 * cannot hold up more requests than the `slots` in work: where it would, the lock is never idle, and 1 / (share × time) requests a
 * second get through. `own` is the rest of the time a slot is held.
 */
export function lockTime(
  o: { share: number; time: number; starts: number; slots: number; own: number },
  out: LockTime,
): LockTime {
  const { share, starts, slots } = o
  const each = share * o.time
  const use = starts * each
  const wait = use < 1 ? each / (1 - use) : Infinity
  out.mean = starts * (o.own + wait) <= slots ? wait : Math.max(each, slots * each - o.own)
  // Exponential for those that need it, nothing for the others.
  out.variance = share > 0 ? (2 * out.mean * out.mean) / share - out.mean * out.mean : 0
  return out
}
