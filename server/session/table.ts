import type { LogLine, Views } from '../../shared/frames.ts'
import type { SeatId } from '../../shared/ids.ts'
import type { Role } from '../../shared/roles.ts'
import type { Sim } from '../sim/sim.ts'
import type { World } from '../sim/world.ts'
import { type Feed, createFeed } from './feed.ts'
import type { Listener } from './listener.ts'
import type { Row, TelemetryLane } from './telemetryLane.ts'

interface Place {
  readonly feed: Feed
  readonly listeners: Set<Listener>
}

/** Computes something once per role. */
function perRole<T>(make: (role: Role) => T): (role: Role) => T {
  const made = new Map<Role, T>()
  return (role) => {
    const before = made.get(role)
    if (before !== undefined) return before
    const now = make(role)
    made.set(role, now)
    return now
  }
}

/**
 * Everybody connected to one exercise: tells each seat what its own feed says and nothing else.
 * `firstSeq` must be greater than any number an earlier process gave out, so that an old `since` never fits by chance.
 */
export function createTable(options: { sim: Sim; lane: TelemetryLane; engine: string; firstSeq: number }) {
  const { sim, lane, engine, firstSeq } = options
  const places = new Map<SeatId, Place>()
  const roleOf = (world: World, seat: SeatId): Role | undefined => sim.seat(world, seat)?.roles[0]
  const lookAt =
    (world: World, roleView: (role: Role) => Views['role']) =>
    (seat: SeatId): Views | undefined => {
      const role = roleOf(world, seat)
      return role && { role: roleView(role), mine: sim.mine(world, seat) }
    }
  const here = () => [...places].filter(([, p]) => p.listeners.size > 0).map(([id]) => id)
  const sayWhoIsHere = () => {
    const presence = { here: here() }
    for (const { listeners } of places.values()) for (const l of listeners) l.presence(presence)
  }

  return {
    /** What a seat sees now; undefined when nobody sits there. */
    look: (world: World, seat: SeatId): Views | undefined =>
      lookAt(world, (role) => sim.view(world, role))(seat),

    /** Tells every connected seat what changed. Seats nobody listens at catch up when they come back. */
    tell(world: World, news: { rows: readonly Row[]; logs: readonly LogLine[] }) {
      const look = lookAt(
        world,
        perRole((role) => sim.view(world, role)),
      )
      const telemetry = perRole((role) => lane.frame(role, news.rows))
      for (const [seat, { feed, listeners }] of places) {
        const role = roleOf(world, seat)
        if (listeners.size === 0 || !role) continue
        const views = look(seat)
        const frame = views && feed.push(views)
        for (const l of listeners) {
          if (frame) l.frame(frame)
          if (news.rows.length > 0) l.telemetry(telemetry(role))
          if (news.logs.length > 0) l.logs(news.logs)
        }
      }
    },

    /** Adds a connection: it hears what it missed since frame `since`, or everything. Undefined when there is no such seat. */
    connect(
      world: World,
      seat: SeatId,
      link: { since: number | undefined; listener: Listener },
    ): (() => void) | undefined {
      const views = lookAt(world, (role) => sim.view(world, role))(seat)
      if (!views) return undefined
      const { since, listener } = link
      const known = places.get(seat)
      const place = known ?? {
        feed: createFeed({ seat, engine, first: views, seq: firstSeq }),
        listeners: new Set(),
      }
      places.set(seat, place)
      const frame = place.feed.push(views)
      if (frame) for (const l of place.listeners) l.frame(frame)
      for (const missed of place.feed.resume(since)) listener.frame(missed)
      place.listeners.add(listener)
      sayWhoIsHere()
      return () => {
        if (place.listeners.delete(listener)) sayWhoIsHere()
      }
    },

    /** Ends every connection of a seat that was freed. */
    free(seat: SeatId) {
      const place = places.get(seat)
      places.delete(seat)
      for (const l of place?.listeners ?? []) l.removed()
      if (place) sayWhoIsHere()
    },
    connections: (seat: SeatId) => places.get(seat)?.listeners.size ?? 0,
    empty: () => here().length === 0,
  }
}
