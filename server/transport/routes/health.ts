import type { FastifyPluginAsync } from 'fastify'
import type { Services } from '../services.ts'

/** For whoever watches the server: is the process alive, can it take exercises? */
export function healthRoutes({ registry }: Services): FastifyPluginAsync {
  return async (app) => {
    app.get('/healthz', async () => ({ ok: true }))
    app.get('/readyz', async (_request, reply) => {
      const ok = await registry.ready().then(
        () => true,
        () => false,
      )
      return reply.code(ok ? 200 : 503).send({ ok })
    })
  }
}
