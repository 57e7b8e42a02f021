import type { FastifyPluginAsync } from 'fastify'
import { HostRequest } from '../../../shared/api.ts'
import { refuse } from '../apiError.ts'
import { COOKIE_OPTIONS, cookieName } from '../cookies.ts'
import { parseBody } from '../parseBody.ts'
import type { Services } from '../services.ts'
import { createBuckets } from '../tokenBucket.ts'

/** The library, and hosting from it. */
export function hostRoutes({ registry, library, spoilers, time }: Services): FastifyPluginAsync {
  // Opening an exercise simulates an hour and writes megabytes: the one thing worth rationing per address.
  const hosting = createBuckets({ perSecond: 20 / 60, burst: 20, now: time.mono })
  return async (app) => {
    app.get('/api/scenarios', async () => library())

    app.get<{ Params: { id: string } }>('/api/scenarios/:id/spoilers', async (request, reply) => {
      return spoilers(request.params.id) ?? refuse(reply, 'no-such-thing')
    })

    app.post('/api/exercises', async (request, reply) => {
      const body = parseBody(HostRequest, request.body)
      if (!body.ok) return refuse(reply, 'malformed', { where: body.where })
      if (!hosting.take(request.ip)) return refuse(reply, 'too-fast')
      const admitted = await registry.host(body.data)
      if (!admitted.ok) return refuse(reply, admitted.code)
      void reply.setCookie(cookieName(admitted.seated.seat), admitted.token, COOKIE_OPTIONS)
      return admitted.seated
    })
  }
}
