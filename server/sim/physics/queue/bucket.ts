/**
 * A token bucket over one second: it holds `burst` tokens, gains `limit` a second and pays one for each request. `spent` is how many
 * tokens it lacks of being full. Returns the requests let through of those `offered`.
 */
export function letThrough(
  offered: number,
  bucket: { readonly limit: number; readonly burst: number; readonly spent: number },
): number {
  const { limit, burst, spent } = bucket
  return Math.min(offered, limit + Math.max(0, burst - spent))
}

/** Tokens a bucket lacks after a second in which it let `through` requests pass. */
export function spentAfter(
  through: number,
  bucket: { readonly limit: number; readonly burst: number; readonly spent: number },
): number {
  const { limit, burst, spent } = bucket
  return Math.min(burst, Math.max(0, Math.min(spent, burst) + through - limit))
}
