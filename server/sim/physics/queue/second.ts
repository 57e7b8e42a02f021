/** How a station ends a second: requests waiting, in work, finished during it, and those that found no place. */
export interface Balance {
  waiting: number
  busy: number
  finished: number
  lost: number
  /** Dropped from the head of the queue by controlled delay. */
  dropped: number
  /** Share of its slots in use, and, where places are few, what would have to be offered to a station at rest for as much. */
  rho: number
  ratio: number
  /** Places are so few that they matter. */
  bounded: boolean
  /** Utilisation that the random part of the queue belongs to; the rest is backlog, with its variance. */
  use: number
  random: number
  backlog: number
  scatter: number
}
export const balanceOf = (): Balance => ({
  waiting: 0,
  busy: 0,
  finished: 0,
  lost: 0,
  dropped: 0,
  rho: 0,
  ratio: 0,
  bounded: false,
  use: 0,
  random: 0,
  backlog: 0,
  scatter: 0,
})
/** What a station begins a second with. */
export interface Second {
  readonly slots: number
  /** How long a request holds a slot, and (1 + cv²)/2 of that. */
  readonly hold: number
  readonly spread: number
  /** In the system when the second begins, together with `arrivals`. */
  readonly total: number
  readonly arrivals: number
  readonly places: number
  /** All that waits when the second begins, what of it is backlog, and the variance of that. */
  readonly waiting: number
  readonly backlog: number
  readonly scatter: number
  /** Longest certain wait that controlled delay leaves (s); 0: it does nothing. */
  readonly codel: number
  /** Share of what comes that is sent by callers whose own slots are all taken. */
  readonly sure: number
  /** The newest are served first. */
  readonly lifo: boolean
}

/** A second to be filled in, as scratch. */
export const secondOf = () => ({
  slots: 1,
  hold: 0,
  spread: 1,
  total: 0,
  arrivals: 0,
  places: 0,
  waiting: 0,
  backlog: 0,
  scatter: 0,
  codel: 0,
  sure: 0,
  lifo: false,
})
