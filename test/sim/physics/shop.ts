import { logRates, operate } from '../../../server/sim/physics/index.ts'
import type { Lab } from './lab.ts'

export const GB = 1e9
/** People ask a service that asks a database: `rate` requests a second, a quarter of them writes. */
export const shop = (db: object, o: { rate?: number; call?: object; zones?: object } = {}): unknown => ({
  ...(o.zones && { zones: o.zones }),
  components: {
    web: {
      kind: 'service',
      title: 'Web',
      replicas: 10,
      concurrency: 200,
      calls: { db: { writes: 0.25, ...o.call } },
    },
    db: { kind: 'database', title: 'Database', concurrency: 64, service_time: '5ms', ...db },
  },
  traffic: {
    users: { title: 'Users', to: 'web', rate: `${o.rate ?? 400}/s`, noise: 0, retries: 0, timeout: '1h' },
  },
})
export const set = (path: string, value: number) => ({ path, op: 'set', value }) as const
export const happened = (l: Lab) => logRates(l.model, l.state).map((r) => `${r.component} ${r.kind}`)
export const does = (l: Lab, operation: string, args: Record<string, unknown> = {}) =>
  operate(l.model, l.state, { operation, component: 'db', args })
/** Requests of users that failed since the World began. */
export const failed = (l: Lab) => l.state.sources[0]?.bad ?? 0
