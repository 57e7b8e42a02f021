import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { SeatId } from '../../../shared/ids.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Opened } from '../../session/registry.ts'
import { EventsQuery, Span } from '../../../shared/requests.ts'
import { refuse } from '../apiError.ts'
import { tokenOf } from '../cookies.ts'
import type { Services } from '../services.ts'
import { createBuckets } from '../tokenBucket.ts'

interface AtSeat {
  readonly opened: Opened
  readonly role: Role
  /** The game master's, or one who leads without one. */
  readonly gm: boolean
}

const requestsOf = ({ opened }: AtSeat) =>
  opened.kind === 'live' ? opened.session.requests : opened.requests

/** What one seat may fetch of its exercise: past telemetry and logs, the record, its exports. */
export function exerciseRoutes({ registry, recordOf, exporters, time }: Services): FastifyPluginAsync {
  const perSeat = createBuckets({ perSecond: 5, burst: 30, now: time.mono })
  /** Who asks, by their cookie. Answers "not yours" for a foreign seat and one that does not exist alike. */
  async function identify(
    request: FastifyRequest,
    reply: FastifyReply,
    seatText: string,
  ): Promise<AtSeat | undefined> {
    const seat = SeatId.safeParse(seatText)
    const token = seat.success ? tokenOf(request.headers.cookie, seat.data) : undefined
    const held = token === undefined ? undefined : await registry.seatOf(token)
    const opened = held && held.seat === seat.data ? await registry.open(held.exercise) : undefined
    const status = opened?.kind === 'live' ? opened.session.status() : opened?.stored.status
    const roles = status?.seats.find((s) => s.id === held?.seat)?.roles
    const role = roles?.[0]
    if (!opened || !roles || !role) {
      void refuse(reply, 'not-yours')
      return undefined
    }
    if (!perSeat.take(seatText)) {
      void refuse(reply, 'too-fast')
      return undefined
    }
    return { opened, role, gm: roles.includes('gm') }
  }

  /** The record, once play is over for this seat; the game master may look at any time. */
  async function recordFor(request: FastifyRequest, reply: FastifyReply, seatText: string) {
    const at = await identify(request, reply, seatText)
    if (!at) return undefined
    const stored = await registry.stored(
      at.opened.kind === 'live' ? at.opened.session.meta.id : at.opened.stored.meta.id,
    )
    const over = stored && (stored.status.phase === 'hot-wash' || stored.status.phase === 'closed')
    if (!stored || (!over && !at.gm)) {
      void refuse(reply, 'wrong-phase')
      return undefined
    }
    return recordOf(stored)
  }

  return async (app) => {
    app.get<{ Params: { seat: string } }>('/api/seats/:seat/telemetry', async (request, reply) => {
      const at = await identify(request, reply, request.params.seat)
      if (!at) return reply
      return at.opened.kind === 'live'
        ? at.opened.session.telemetry(at.role)
        : at.opened.lane.history(at.role)
    })

    app.get<{ Params: { seat: string } }>('/api/seats/:seat/logs', async (request, reply) => {
      const at = await identify(request, reply, request.params.seat)
      if (!at) return reply
      return at.opened.kind === 'live' ? at.opened.session.logs() : at.opened.lane.logs()
    })

    app.get<{ Params: { seat: string } }>('/api/seats/:seat/parameters', async (request, reply) => {
      const at = await identify(request, reply, request.params.seat)
      if (!at) return reply
      if (!at.gm) return refuse(reply, 'not-yours')
      return at.opened.kind === 'live' ? at.opened.session.parameters() : refuse(reply, 'wrong-phase')
    })

    app.get<{ Params: { seat: string }; Querystring: unknown }>(
      '/api/seats/:seat/events',
      async (request, reply) => {
        const at = await identify(request, reply, request.params.seat)
        if (!at) return reply
        const query = EventsQuery.safeParse(request.query)
        if (!query.success) return refuse(reply, 'malformed')
        return requestsOf(at).requests(query.data)
      },
    )

    app.get<{ Params: { seat: string; trace: string } }>(
      '/api/seats/:seat/events/:trace',
      async (request, reply) => {
        const at = await identify(request, reply, request.params.seat)
        if (!at) return reply
        return requestsOf(at).trace(request.params.trace) ?? refuse(reply, 'no-such-thing')
      },
    )

    app.get<{ Params: { seat: string; component: string }; Querystring: unknown }>(
      '/api/seats/:seat/heat/:component',
      async (request, reply) => {
        const at = await identify(request, reply, request.params.seat)
        if (!at) return reply
        const span = Span.safeParse(request.query)
        if (!span.success) return refuse(reply, 'malformed')
        return requestsOf(at).heat(request.params.component, span.data) ?? refuse(reply, 'no-such-thing')
      },
    )

    app.get<{ Params: { seat: string } }>('/api/seats/:seat/record', async (request, reply) => {
      return (await recordFor(request, reply, request.params.seat))?.record ?? reply
    })

    app.get<{ Params: { seat: string; format: string } }>(
      '/api/seats/:seat/export/:format',
      async (request, reply) => {
        const { seat, format } = request.params
        const exporter = Object.hasOwn(exporters, format) ? exporters[format] : undefined
        if (!exporter) return refuse(reply, 'no-such-thing')
        const made = await recordFor(request, reply, seat)
        if (!made) return reply
        const filename = exporter.filename(made.record)
        return reply
          .header('content-type', exporter.contentType)
          .header('content-disposition', `attachment; filename="${filename}"`)
          .send(exporter.write(made.record, made.entries))
      },
    )
  }
}
