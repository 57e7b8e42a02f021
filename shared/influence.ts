/** What bears on one parameter at a moment: its base, the latest value set, and all factors and additions together. */
export interface Bearing {
  readonly base: number
  readonly set: number | null
  readonly scale: number
  readonly add: number
  readonly min: number
  readonly max: number
}

/** The value a parameter has: base, or the latest `set`; times every factor; plus every addition; held to its range. */
export const valueUnder = ({ base, set, scale, add, min, max }: Bearing): number =>
  Math.min(max, Math.max(min, (set ?? base) * scale + add))

/** The same with one more influence laid over it, the newest. */
export function withOne(b: Bearing, op: 'set' | 'scale' | 'add', value: number): Bearing {
  switch (op) {
    case 'set':
      return { ...b, set: value }
    case 'scale':
      return { ...b, scale: b.scale * value }
    case 'add':
      return { ...b, add: b.add + value }
  }
}
