import { type Lab, lab } from './lab.ts'

/** An effect that multiplies. */
export const scale = (path: string, value: number) => ({ path, op: 'scale', value }) as const
/** People without noise or patience of their own. */
export const users = (o: object) => ({
  users: { title: 'Users', to: 'web', noise: 0, retries: 0, timeout: '30s', ...o },
})
/** A service of 4 × 50 slots of 10 ms. */
export const service = (o: object) => ({
  kind: 'service',
  title: 'Service',
  concurrency: 50,
  service_time: '10ms',
  replicas: 4,
  ...o,
})
/** People, a service with 200 slots, and one behind it that does 800 a second. */
export const pair = (o: { call?: object; rate?: number; traffic?: object } = {}): Lab =>
  lab({
    components: {
      web: service({ calls: { pay: { timeout: '1s', ...o.call } } }),
      pay: service({ concurrency: 10, service_time: '50ms' }),
    },
    traffic: users({ rate: `${o.rate ?? 400}/s`, ...o.traffic }),
  })
/** A metric in each of some seconds. */
export const each = (l: Lab, seconds: number, name: string): number[] =>
  Array.from({ length: seconds }, () => l.run(1)[name] ?? Number.NaN)
