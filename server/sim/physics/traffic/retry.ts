/** How a caller tries again. */
export interface RetryRule {
  retries: number
  backoff: number
  jitter: number
  /** Retries allowed for each first attempt; and what a success pays for each failure (`FREE`: nothing needs to be paid). */
  budget: number
  earned: number
}
/** What retries make of failing attempts: attempts for each call, share of calls that fail for good, mean pauses (s). */
export interface Tries {
  attempts: number
  failed: number
  pause: number
}

/** Mean pause before a retry, doubling with each attempt, less what jitter takes off. */
export function pauseBefore(retry: number, backoff: number, jitter: number): number {
  let pause = backoff
  for (let i = 1; i < retry; i += 1) pause *= 2
  return pause * (1 - jitter / 2)
}

/** From so much on retries need not be paid for. */
export const FREE = 100

/**
 * Share of its retries a caller makes whose bucket has come to rest: all while successes pay for more failures than there are, none while
 * they pay for fewer; in between the bucket is now above and now below its half.
 */
const allowed = (earned: number, one: { readonly ok: number; readonly again: number }): number =>
  Math.min(1, Math.max(0, (1.2 * earned * one.ok - one.again) / (0.4 * earned * one.ok + 1e-12)))

/** Attempts are 1 + a + a² + … for the share `again` of attempts worth trying again, as far as retries and their budget go. */
export function retried(
  rule: RetryRule,
  one: { readonly ok: number; readonly again: number },
  out: Tries,
): Tries {
  let attempts = 1
  let share = 1
  let pause = 0
  for (let r = 1; r <= rule.retries && share > 1e-9; r += 1) {
    share *= one.again
    attempts += share
    pause += share * pauseBefore(r, rule.backoff, rule.jitter)
  }
  const most = 1 + (rule.earned < FREE ? rule.budget * allowed(rule.earned, one) : rule.budget)
  if (attempts > most) {
    pause *= (most - 1) / (attempts - 1)
    attempts = most
  }
  out.attempts = attempts
  out.pause = pause
  out.failed = Math.max(0, 1 - one.ok * attempts)
  return out
}
