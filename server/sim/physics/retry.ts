/** How a caller tries again. */
export interface RetryRule {
  retries: number
  backoff: number
  jitter: number
  /** Retries allowed for each first attempt. */
  budget: number
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
  const most = 1 + rule.budget
  if (attempts > most) {
    pause *= (most - 1) / (attempts - 1)
    attempts = most
  }
  out.attempts = attempts
  out.pause = pause
  out.failed = Math.max(0, 1 - one.ok * attempts)
  return out
}
