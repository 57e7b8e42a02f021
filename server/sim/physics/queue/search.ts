/** A search for the x at which a falling function is x itself: between which bounds, where it looks, and what it saw last. */
export interface Search {
  low: number
  high: number
  x: number
  /** The place before, and how far the function was above it there; −1: there was none. */
  lastX: number
  lastOff: number
  steps: number
}
export const searchOf = (): Search => ({ low: 0, high: 0, x: 0, lastX: -1, lastOff: 0, steps: 0 })

/** Begins at `guess`, between 0 and `most`. Returns where to look first. */
export function beginSearch(s: Search, o: { readonly guess: number; readonly most: number }): number {
  s.low = 0
  s.high = o.most
  s.lastX = -1
  s.steps = 0
  s.x = Math.min(o.most, Math.max(0, o.guess))
  return s.x
}

/**
 * Takes what the function is at the place looked at, and returns where to look next. A falling function crosses between a place and its value
 * there, so both are bounds. The value itself comes first, being right where the function is level; then secants inside the bounds, and every
 * other time the geometric middle, which ends a search along a cliff (a pool of connections that is just dry) and hits at once what falls as 1/x.
 */
export function narrow(s: Search, value: number): number {
  const { x, lastX, lastOff } = s
  const off = value - x
  s.low = Math.max(s.low, Math.min(x, value))
  s.high = Math.min(s.high, Math.max(x, value))
  s.lastX = x
  s.lastOff = off
  s.steps += 1
  if (lastX < 0) return (s.x = Math.min(s.high, Math.max(s.low, value)))
  const slope = x === lastX ? 0 : (off - lastOff) / (x - lastX)
  const next = slope < 0 ? x - off / slope : -1
  const middle = s.steps > 3 && s.steps % 2 === 0
  s.x = !middle && next > s.low && next < s.high ? next : Math.sqrt(s.low * s.high)
  return s.x
}
