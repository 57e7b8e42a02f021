/** Seconds until a controller tries again to start what was refused or found no room. */
export const RETRY = 5

/** What becomes of instances that are to be started. */
export interface Grant {
  started: number
  /** Turned away by an admission policy; did not find room. */
  refused: number
  roomless: number
}
export const grant = (): Grant => ({ started: 0, refused: 0, roomless: 0 })

/** An admission policy refuses all or none; else as many start as there is room for. */
export function ask(
  o: { readonly count: number; readonly deny: boolean; readonly free: number },
  out: Grant,
): Grant {
  out.refused = o.deny ? o.count : 0
  out.started = o.deny ? 0 : Math.max(0, Math.min(o.count, Math.floor(o.free)))
  out.roomless = o.deny ? 0 : o.count - out.started
  return out
}

/** Instances of a component and its cells, as many as it shall have. */
export interface Division {
  /** What the parameters say of each cell, and what they would say if only the whole had been divided. */
  readonly given: readonly number[]
  readonly usual: readonly number[]
  /** For each cell: instances of a group, or −1 for a cell that shares the rest with the others. */
  readonly group: readonly number[]
}

/**
 * Divides `wanted` over cells: a cell whose number somebody has set keeps that, groups take their own count, zones share the rest
 * evenly, the first ones what is over.
 */
export function divideOver(wanted: number, d: Division, out: number[]): number[] {
  let rest = wanted
  let open = 0
  for (let i = 0; i < d.given.length; i += 1) {
    out[i] = -1
    if (d.given[i] !== d.usual[i]) out[i] = d.given[i] ?? 0
    else if ((d.group[i] ?? -1) < 0) open += 1
    if (out[i] !== -1) rest -= out[i] ?? 0
  }
  rest = Math.max(0, rest)
  for (let i = 0; i < d.given.length; i += 1) {
    if (out[i] !== -1 || (d.group[i] ?? -1) < 0) continue
    out[i] = Math.min(rest, d.group[i] ?? 0)
    rest -= out[i] ?? 0
  }
  for (let i = 0; i < d.given.length; i += 1) {
    if (out[i] !== -1) continue
    out[i] = Math.ceil(rest / open)
    rest -= out[i] ?? 0
    open -= 1
  }
  return out
}
