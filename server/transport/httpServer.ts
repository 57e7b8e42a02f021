import { existsSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import { refuse } from './apiError.ts'
import { exerciseRoutes } from './routes/exercise.ts'
import { healthRoutes } from './routes/health.ts'
import { hostRoutes } from './routes/host.ts'
import { joinRoutes } from './routes/join.ts'
import { sameOrigin } from './origin.ts'
import type { Services } from './services.ts'

/** Addresses the page itself knows what to do with; anything else is not found. */
const PAGES = /^\/(host(\/[^/]+)?|practise|join(\/[^/]+)?|x\/[^/]+\/[^/]+)?\/?$/
/** Where no page can be, whatever the browser says it reads. */
const NO_PAGES = /^\/(api|assets|socket)(\/|$)/
const HOST = /^[A-Za-z0-9.:[\]-]{1,255}$/

// Sockets are same-origin, but older Safari does not count ws: under 'self'.
function policy(host: string | undefined): string {
  const sockets = host !== undefined && HOST.test(host) ? ` ws://${host} wss://${host}` : ''
  return [
    "default-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}

/** The HTTP side: pages, and every route of `shared/api.ts`. Not listening yet. */
export async function createHttpServer(services: Services, webRoot: string): Promise<FastifyInstance> {
  // No logger: request lines would hold join codes.
  const app = fastify({ bodyLimit: 32 * 1024, forceCloseConnections: true, requestTimeout: 30_000 })
  // Helmet's own policy would upgrade plain HTTP to a port where nobody listens; ours is set below.
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    // Browsers ignore these two on plain HTTP and complain about them on every page.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(cookie)

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('content-security-policy', policy(request.headers.host))
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store')
    if (request.method !== 'GET' && request.method !== 'HEAD' && !sameOrigin(request.headers))
      return refuse(reply, 'not-yours')
    return undefined
  })
  app.setErrorHandler((error: { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 400 && status < 500) return refuse(reply.code(status), 'malformed')
    const errorId = services.errorId()
    services.log.error({ err: error, errorId, route: request.routeOptions.url }, 'a request failed')
    return refuse(reply, 'internal-error', {
      message: `Something went wrong on the server (${errorId}). Nothing was changed.`,
    })
  })

  await app.register(healthRoutes(services))
  await app.register(hostRoutes(services))
  await app.register(joinRoutes(services))
  await app.register(exerciseRoutes(services))

  const page = existsSync(join(webRoot, 'index.html'))
  if (page) {
    await app.register(files, {
      root: webRoot,
      wildcard: false,
      cacheControl: false,
      setHeaders: (res, path) => {
        // Hashed names change with their content; everything else is asked for again.
        const hashed = /[\\/]assets[\\/]/.test(path)
        res.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const asked = page && request.method === 'GET'
    if (asked && PAGES.test(path)) return reply.sendFile('index.html')
    // Somebody who followed a broken link gets a page that leads on, programs and scripts a sentence.
    const reads = /\btext\/html\b/.test(request.headers.accept ?? '') && !NO_PAGES.test(path)
    return asked && reads ? reply.code(404).sendFile('index.html') : refuse(reply, 'no-such-thing')
  })
  return app
}
