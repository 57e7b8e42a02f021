/** Exercise time as a clock: `0:03:20`, `-0:00:05`. */
export function clock(ms: number): string {
  const s = Math.floor(Math.abs(ms) / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${ms < 0 ? '-' : ''}${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`
}

/** Wall time in UTC, ISO 8601. */
export const utc = (wall: number): string => new Date(wall).toISOString()
