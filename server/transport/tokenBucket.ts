/** So many at once, so many a second after that; one bucket per key, forgotten when full again. */
export function createBuckets(options: { perSecond: number; burst: number; now: () => number }) {
  const { perSecond, burst, now } = options
  const buckets = new Map<string, { left: number; at: number }>()
  const level = (key: string) => {
    const bucket = buckets.get(key)
    const at = now()
    return { left: bucket ? Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * perSecond) : burst, at }
  }
  const sweep = () => {
    for (const key of buckets.keys()) if (level(key).left >= burst) buckets.delete(key)
  }
  return {
    /** Takes one if there is one. */
    take(key: string): boolean {
      const { left, at } = level(key)
      if (left < 1) return false
      buckets.set(key, { left: left - 1, at })
      if (buckets.size > 10_000) sweep()
      return true
    },
    /** Is there one to take? */
    has: (key: string) => level(key).left >= 1,
  }
}
export type Buckets = ReturnType<typeof createBuckets>
