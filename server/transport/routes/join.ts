import type { FastifyPluginAsync } from 'fastify'
import { JoinRequest } from '../../../shared/api.ts'
import { refuse } from '../apiError.ts'
import { COOKIE_OPTIONS, cookieName, seatTokens } from '../cookies.ts'
import { parseBody } from '../parseBody.ts'
import type { Services } from '../services.ts'
import { createBuckets } from '../tokenBucket.ts'

/** Seats a browser keeps: their cookies travel with every request, and headers have a limit. */
const MOST_COOKIES = 60

/** The door: what a join code opens, taking a seat, and the seats this browser holds. */
export function joinRoutes({ registry, time }: Services): FastifyPluginAsync {
  // Only failures count, so an office behind one address can join all at once; guessing is stopped for the whole server too.
  const perAddress = createBuckets({ perSecond: 10 / 60, burst: 10, now: time.mono })
  const everybody = createBuckets({ perSecond: 100 / 60, burst: 100, now: time.mono })
  const mayGuess = (ip: string) => perAddress.has(ip) && everybody.has('all')
  const guessedWrong = (ip: string) => {
    perAddress.take(ip)
    everybody.take('all')
  }

  return async (app) => {
    app.get<{ Params: { code: string } }>('/api/join/:code', async (request, reply) => {
      if (!mayGuess(request.ip)) return refuse(reply, 'too-fast')
      const door = request.params.code.length <= 16 ? await registry.door(request.params.code) : undefined
      if (door) return door
      guessedWrong(request.ip)
      return refuse(reply, 'no-such-thing')
    })

    app.post('/api/join', async (request, reply) => {
      const body = parseBody(JoinRequest, request.body)
      if (!body.ok) return refuse(reply, 'malformed', { where: body.where })
      if (!mayGuess(request.ip)) return refuse(reply, 'too-fast')
      const admitted = await registry.join(body.data)
      if (!admitted.ok) {
        if (admitted.code === 'no-such-thing') guessedWrong(request.ip)
        return refuse(reply, admitted.code)
      }
      void reply.setCookie(cookieName(admitted.seated.seat), admitted.token, COOKIE_OPTIONS)
      return admitted.seated
    })

    app.get('/api/seats', async (request, reply) => {
      const held = []
      for (const { seat, token } of seatTokens(request.headers.cookie)) {
        const found = await registry.seatOf(token)
        if (found?.seat === seat) held.push(found)
        // Seats that were freed or forgotten leave the browser, so that its cookies do not pile up.
        else void reply.clearCookie(cookieName(seat), { path: '/' })
      }
      const seats = await registry.mySeats(held)
      for (const { seat } of seats.slice(MOST_COOKIES))
        void reply.clearCookie(cookieName(seat), { path: '/' })
      return seats.slice(0, MOST_COOKIES)
    })
  }
}
