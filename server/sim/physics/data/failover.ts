import {
  behindAfter,
  cutLog,
  emptyLog,
  logWrites,
  NO_WRITES,
  oldestMissing,
  trimLog,
  type WriteLog,
} from './replication.ts'
import { NEVER } from '../never.ts'

/**
 * What a member of a replica set is: the primary; a follower; the primary of before that nobody has told; one that holds writes the
 * primary does not have and must be rebuilt; one being rebuilt.
 */
export type MemberRole = 'primary' | 'following' | 'deposed' | 'diverged' | 'rebuilding'

/** A failover under way. */
export interface Election {
  candidate: number
  /** Exercise second from which the candidate may take over. */
  until: number
  /** The old primary has stepped down, and the candidate waits until it has every write. */
  wait: boolean
}
/** A database with followers: who is what, who lacks how much, and whom callers take for the primary. */
export interface ReplicaSet {
  primary: number
  role: MemberRole[]
  /** Writes each member lacks. */
  behind: number[]
  /** Seconds of rebuilding left. */
  left: number[]
  /** 1: takes no writes, whatever it takes itself for. */
  fenced: number[]
  /** Shares of callers that take each member for the primary: as of now, and when the present one was promoted. */
  known: number[]
  knownBefore: number[]
  repointFrom: number
  repointUntil: number
  /** Since when the primary has been gone; NEVER: it is there. */
  goneSince: number
  election: Election | null
  promotedAt: number
  log: WriteLog
  /** Writes taken in the last second that had any: what a delay of replication is worth. */
  rate: number
  /** Writes lost in promotions and the time they span, and writes taken by a primary of before. */
  lost: number
  lostSeconds: number
  diverged: number
}

/** A set at rest: the first member is the primary, the others have everything. */
export const replicaSet = (members: number): ReplicaSet => {
  const list = <T>(first: T, others: T): T[] =>
    Array.from({ length: members }, (_, n) => (n === 0 ? first : others))
  return {
    primary: 0,
    role: list<MemberRole>('primary', 'following'),
    behind: list(0, 0),
    left: list(0, 0),
    fenced: list(0, 0),
    known: list(1, 0),
    knownBefore: list(1, 0),
    repointFrom: NEVER,
    repointUntil: NEVER,
    goneSince: NEVER,
    election: null,
    promotedAt: NEVER,
    log: emptyLog(),
    rate: 0,
    lost: 0,
    lostSeconds: 0,
    diverged: 0,
  }
}

/** What failover goes by in one second. */
export interface SetNow {
  readonly second: number
  /** 1 for each member that runs and can be reached. */
  readonly reached: ArrayLike<number>
  /** Members that may become primary are the first so many. */
  readonly electable: number
  readonly synchronous: boolean
  /** Enough members for a majority can be reached. */
  readonly quorum: boolean
  readonly automatic: boolean
  readonly after: number
  readonly election: number
  readonly repoint: number
  readonly delay: number
  readonly fencing: boolean
}
/** What came of a second. */
export type SetEvent = 'none' | 'started' | 'promoted' | 'lost' | 'failed'

/** No automatic failover follows another one sooner (s): whatever is wrong, changing primaries in turn makes it worse. */
const REST = 60
/** A follower that has more than this number of writes beyond the new primary cannot follow it. */
const AHEAD = 0.5

/** The reachable follower that lacks least, or −1. */
export function candidateOf(set: ReplicaSet, now: Pick<SetNow, 'reached' | 'electable'>): number {
  let best = -1
  for (let n = 0; n < now.electable; n += 1) {
    if (set.role[n] !== 'following' || now.reached[n] !== 1) continue
    if (best < 0 || (set.behind[n] ?? 0) < (set.behind[best] ?? 0)) best = n
  }
  return best
}

/** Begins a failover to `candidate`; with `wait`, the old primary steps down at once and nothing is lost, if it can be reached. */
export function startElection(
  set: ReplicaSet,
  o: { second: number; candidate: number; election: number; wait: boolean },
): void {
  set.election = { candidate: o.candidate, until: o.second + Math.max(0, o.election), wait: o.wait }
}

/** Makes `next` the primary: it goes on from what it has, and callers find it evenly over `repoint`. Returns whether writes were lost. */
function promote(set: ReplicaSet, next: number, now: SetNow): boolean {
  const { second } = now
  const old = set.primary
  const lacked = set.behind[next] ?? 0
  const clean = set.election?.wait === true || now.synchronous
  const last = set.log.until.at(-1) ?? second
  const lost = clean ? 0 : lacked + set.rate * now.delay
  if (lost > NO_WRITES) {
    set.lost += lost
    set.lostSeconds += last - oldestMissing(set.log, lacked, last) + now.delay
  }
  cutLog(set.log, lacked)
  for (let n = 0; n < set.role.length; n += 1) {
    if (n === next || n === old || (set.role[n] !== 'following' && set.role[n] !== 'rebuilding')) continue
    const gap = (set.behind[n] ?? 0) - lacked
    if (set.role[n] === 'following' && gap < -AHEAD) set.role[n] = 'diverged'
    set.behind[n] = Math.max(0, gap)
  }
  const told = set.election?.wait === true
  set.role[old] = told ? 'following' : set.fenced[old] === 1 || now.fencing ? 'diverged' : 'deposed'
  if (now.fencing && !told) set.fenced[old] = 1
  set.behind[old] = 0
  set.role[next] = 'primary'
  set.behind[next] = 0
  set.fenced[next] = 0
  set.primary = next
  set.knownBefore = set.known.slice()
  set.repointFrom = second
  set.repointUntil = second + now.repoint
  set.promotedAt = second
  set.goneSince = NEVER
  set.election = null
  return lost > NO_WRITES
}

/** Callers find the primary evenly: what the share is on average over the second. */
function repoint(set: ReplicaSet, second: number): void {
  if ((set.known[set.primary] ?? 0) >= 1) return
  const span = set.repointUntil - set.repointFrom
  const rest = span > 0 ? Math.max(0, Math.min(1, (set.repointUntil - second - 0.5) / span)) : 0
  let others = 0
  for (let n = 0; n < set.known.length; n += 1) {
    if (n === set.primary) continue
    set.known[n] = (set.knownBefore[n] ?? 0) * rest
    others += set.known[n] ?? 0
  }
  set.known[set.primary] = Math.max(0, 1 - others)
}

/** As the second begins: notices a primary that is gone, decides and ends failovers, lets callers find the new primary. */
export function moveFailover(set: ReplicaSet, now: SetNow): SetEvent {
  const { second } = now
  let event: SetEvent = 'none'
  if (now.reached[set.primary] === 1) set.goneSince = NEVER
  else if (set.goneSince === NEVER) set.goneSince = second
  const possible = !now.synchronous || now.quorum
  if (set.election === null) {
    const due = set.goneSince > NEVER && second - set.goneSince >= now.after
    if (now.automatic && due && possible && second - set.promotedAt >= REST) {
      const candidate = candidateOf(set, now)
      if (candidate >= 0) {
        startElection(set, { second, candidate, election: now.election, wait: false })
        event = 'started'
      }
    }
  }
  const { election } = set
  if (election && second >= election.until) {
    if (set.role[election.candidate] !== 'following' || now.reached[election.candidate] !== 1 || !possible) {
      set.election = null
      event = 'failed'
    } else {
      // A primary that steps down and is then lost takes along what has not been sent.
      if (election.wait && set.goneSince > NEVER && !now.synchronous) election.wait = false
      const all = (set.behind[election.candidate] ?? 0) <= NO_WRITES
      if (all || !(election.wait || now.synchronous))
        event = promote(set, election.candidate, now) ? 'lost' : 'promoted'
    }
  }
  repoint(set, second)
  return event
}

/** Whether a member takes the writes that reach it: the primary, unless it has stepped down, and a primary of before that nobody has told. */
export function takesWrites(set: ReplicaSet, member: number): boolean {
  if (set.fenced[member] === 1) return false
  if (set.role[member] === 'deposed') return true
  return member === set.primary && set.election?.wait !== true
}

/** Keeps a member from taking writes, or lets it again. */
export function fence(set: ReplicaSet, member: number, on: boolean): void {
  set.fenced[member] = on ? 1 : 0
}

/** The member to fence when none is named: a primary of before that takes writes, else the primary. */
export function fenceable(set: ReplicaSet): number {
  const deposed = set.role.indexOf('deposed')
  return deposed >= 0 ? deposed : set.primary
}

/** Begins to copy the primary's data to a member that cannot follow; false: it needs no rebuilding. */
export function rebuild(set: ReplicaSet, member: number, seconds: number): boolean {
  const role = set.role[member]
  if (role !== 'deposed' && role !== 'diverged') return false
  set.role[member] = 'rebuilding'
  set.left[member] = Math.max(1, seconds)
  // What is written while the copy is made is followed up afterwards.
  set.behind[member] = 0
  set.fenced[member] = 0
  return true
}

/** Ends a second: followers take over what the primary has taken, copies move on. `taken`: writes each member took; `connected`: to the primary. */
export function followWrites(
  set: ReplicaSet,
  o: {
    readonly second: number
    readonly taken: ArrayLike<number>
    readonly connected: ArrayLike<number>
    readonly speed: ArrayLike<number>
  },
): void {
  const writes = o.taken[set.primary] ?? 0
  logWrites(set.log, o.second, writes)
  if (writes > NO_WRITES) set.rate = writes
  let most = 0
  for (let n = 0; n < set.role.length; n += 1) {
    const role = set.role[n]
    if (role === 'deposed') set.diverged += o.taken[n] ?? 0
    const connected = o.connected[n] === 1
    if (role === 'following') {
      const speed = o.speed[n] ?? 0
      set.behind[n] = behindAfter(set.behind[n] ?? 0, { writes, speed, connected })
    } else if (role === 'rebuilding') {
      set.behind[n] = (set.behind[n] ?? 0) + writes
      if (connected) set.left[n] = Math.max(0, (set.left[n] ?? 0) - 1)
      if (set.left[n] === 0) set.role[n] = 'following'
    }
    most = Math.max(most, set.behind[n] ?? 0)
  }
  trimLog(set.log, most)
}

/** Lag of a member at the exercise time `now`: the age of the oldest write it lacks, on top of the delay of one that keeps up. */
export const lagOf = (set: ReplicaSet, member: number, o: { now: number; delay: number }): number =>
  o.delay + o.now - oldestMissing(set.log, set.behind[member] ?? 0, o.now)

/** After a restore every member has the same data, and nothing else. */
export function restoreSet(set: ReplicaSet): void {
  for (let n = 0; n < set.role.length; n += 1) {
    set.role[n] = n === set.primary ? 'primary' : 'following'
    set.behind[n] = set.left[n] = set.fenced[n] = 0
  }
  set.log = emptyLog()
  set.election = null
  set.goneSince = NEVER
}
