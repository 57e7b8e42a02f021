/** One version replacing others in a component's instances. Plain JSON. */
export interface Rollout {
  /** The component, the version among all versions, and the share of instances it shall have. */
  component: number
  version: number
  share: number
  /** Cells of the component. */
  cells: number[]
  /** Exercise second in which it began (NEVER: with the next one), shortest time in all (s), instances of the version at the start. */
  since: number
  over: number
  before: number
  /** New instances under way: in which of the component's cells, ready when, how many. */
  startCell: number[]
  startAt: number[]
  startCount: number[]
  /** New instances that crash as they start, by cell; when they are started again, and the pause after that. */
  stuck: number[]
  crashAt: number
  crashPause: number
  /** No new attempt to start what was refused or found no room before this second. */
  retryAt: number
}

/** Kubernetes restarts what crashes after 10 s, then 20 s, 40 s, … at most 300 s. */
const FIRST_CRASH = 10
const LONGEST_CRASH = 300

/** A rollout that is to begin with the next second, over so many cells. */
export const beginRollout = (o: {
  readonly component: number
  readonly version: number
  readonly share: number
  readonly over: number
  readonly cells: readonly number[]
  readonly never: number
}): Rollout => ({
  component: o.component,
  version: o.version,
  share: o.share,
  cells: o.cells.slice(),
  since: o.never,
  over: o.over,
  before: 0,
  startCell: [],
  startAt: [],
  startCount: [],
  stuck: o.cells.map(() => 0),
  crashAt: o.never,
  crashPause: FIRST_CRASH,
  retryAt: o.never,
})

/** How many instances of a component of `wanted` run a version with this share: at least one, if it is to run at all. */
export const goalOf = (share: number, wanted: number): number =>
  share <= 0 ? 0 : Math.min(wanted, Math.max(1, Math.round(share * wanted)))

/** How many may be replaced or in replacement now, so that the last is ready when `over` has passed and all come at an even pace. */
export function paceOf(o: {
  readonly goal: number
  readonly before: number
  readonly passed: number
  readonly over: number
  readonly startTime: number
}): number {
  const many = o.goal - o.before
  if (many <= 0 || o.over <= 0) return o.goal
  const due = Math.floor((many * (o.passed + o.startTime)) / o.over + 1e-9)
  return o.before + Math.min(many, Math.max(0, due))
}

/** What a rollout finds in one second: instances of the new version and all others, ready or not. */
export interface Fleet {
  wanted: number
  newReady: number
  newStarting: number
  stuck: number
  oldReady: number
  oldStarting: number
}
/** What it may do: instances of the new version there may be now, most in all beyond `wanted`, least ready below it. */
export interface Bounds {
  readonly pace: number
  readonly goal: number
  readonly surge: number
  readonly unavailable: number
}
export interface Moves {
  /** New ones to start; others to stop, first those that are not ready; new ones too many; others to start because too few run in all. */
  start: number
  stopStarting: number
  stopReady: number
  stopNew: number
  startOld: number
}
export const moves = (): Moves => ({ start: 0, stopStarting: 0, stopReady: 0, stopNew: 0, startOld: 0 })

/** maxSurge is rounded up, maxUnavailable down; both 0 would never end, so that one may be unavailable then (as Kubernetes does). */
export function boundsOf(o: {
  readonly wanted: number
  readonly surge: number
  readonly unavailable: number
}): { surge: number; unavailable: number } {
  const surge = Math.ceil(o.surge * o.wanted - 1e-9)
  const unavailable = Math.floor(o.unavailable * o.wanted + 1e-9)
  return { surge, unavailable: surge === 0 ? Math.max(1, unavailable) : unavailable }
}

/**
 * One step of a rolling update as Kubernetes' Deployment controller does it: new instances as long as there are at most `wanted` + `surge`
 * in all, old ones leave as long as `wanted` − `unavailable` are ready, first those that are not. `room`: how many can be started; 0 when refused.
 */
export function rolloutMoves(f: Fleet, b: Bounds, room: number, out: Moves): Moves {
  const fresh = f.newReady + f.newStarting + f.stuck
  const old = f.oldReady + f.oldStarting
  out.stopNew = Math.max(0, fresh - b.goal)
  // Others may be no fewer than what is not yet to be replaced.
  const spare = Math.max(0, old - Math.max(0, f.wanted - Math.max(b.pace, 0)))
  out.stopStarting = Math.min(f.oldStarting, spare)
  const available = f.newReady + f.oldReady - Math.min(f.newReady, out.stopNew)
  const least = f.wanted - b.unavailable
  out.stopReady = Math.max(0, Math.min(f.oldReady, spare - out.stopStarting, available - least))
  const total = fresh - out.stopNew + old - out.stopStarting - out.stopReady
  const place = Math.max(0, f.wanted + b.surge - total)
  out.start = Math.max(0, Math.min(b.pace - fresh, place, room))
  // Scaled up meanwhile: what is not yet to be replaced grows with the old ones.
  const short = f.wanted - total - Math.max(0, Math.min(b.pace - fresh, place))
  out.startOld = Math.max(0, Math.min(short, room - out.start))
  return out
}

/** Whether a rollout has reached its goal. */
export const isOver = (f: Fleet, goal: number): boolean =>
  f.newReady >= goal &&
  f.newStarting === 0 &&
  f.stuck === 0 &&
  f.oldReady + f.oldStarting <= Math.max(0, f.wanted - goal)

/** Of so many instances of a version of which a share crashes, how many do. */
export const crashing = (share: number, many: number): number => Math.floor(share * many + 1e-9)

/** Lets crashed instances crash once more, if it is time: true when they were restarted in this second. */
export function crashAgain(r: Rollout, second: number): boolean {
  if (second < r.crashAt) return false
  r.crashAt = second + r.crashPause
  r.crashPause = Math.min(LONGEST_CRASH, 2 * r.crashPause)
  return true
}

/** Instances of a version join those that are ready: the shares of the component's versions afterwards. */
export function joinVersion(
  shares: number[],
  o: {
    readonly versions: readonly number[]
    readonly version: number
    readonly ready: number
    readonly count: number
  },
): void {
  const all = o.ready + o.count
  if (all <= 0) return
  for (const v of o.versions) shares[v] = ((shares[v] ?? 0) * o.ready + (v === o.version ? o.count : 0)) / all
}

/** Instances leave: `count` of the version, or (`others`) of all the others in proportion. */
export function leaveVersion(
  shares: number[],
  o: {
    readonly versions: readonly number[]
    readonly version: number
    readonly ready: number
    readonly count: number
    readonly others: boolean
  },
): void {
  const all = o.ready - o.count
  const own = shares[o.version] ?? 0
  if (all <= 0) return
  const left = o.others ? own * o.ready : Math.max(0, own * o.ready - o.count)
  const share = Math.min(1, Math.max(0, left / all))
  const rest = 1 - own
  const siblings = o.versions.length - 1
  for (const v of o.versions) {
    if (v === o.version) continue
    shares[v] = rest > 1e-12 ? ((shares[v] ?? 0) * (1 - share)) / rest : (1 - share) / siblings
  }
  shares[o.version] = siblings === 0 ? 1 : share
}

/**
 * Which version has to take over which share so that the one at `index` gets its share: itself, or when it has more already, the one that
 * has most besides. Undefined: it has it already, or is alone.
 */
export function rolloutTo(
  shares: readonly number[],
  o: { readonly versions: readonly number[]; readonly index: number; readonly share: number },
): { version: number; share: number } | undefined {
  const now = shares[o.index] ?? 0
  if (Math.abs(o.share - now) < 1e-9) return undefined
  if (o.share > now) return { version: o.index, share: o.share }
  let most = -1
  for (const v of o.versions)
    if (v !== o.index && (most < 0 || (shares[v] ?? 0) > (shares[most] ?? 0))) most = v
  return most < 0 ? undefined : { version: most, share: (shares[most] ?? 0) + now - o.share }
}
