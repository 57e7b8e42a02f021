// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEvidence } from '../../../client/net/evidence.ts'
import {
  askTrace,
  forgetHeat,
  forgetRequests,
  heatStore,
  lookAtRequests,
  requestsStore,
  traceStore,
  watchHeat,
} from '../../../client/store/requests.ts'
import { appendTelemetry, forgetTelemetry } from '../../../client/store/telemetry.ts'
import { SeatId } from '../../../shared/ids.ts'
import type { RequestTable } from '../../../shared/requests.ts'

const seat = SeatId.parse('st_adaadaada')
const asked: string[] = []
let answer: (path: string) => unknown = () => ({})

const table = (from: number, to: number, every = 2): RequestTable => ({
  from,
  to,
  every,
  trace: [`${to}`.padStart(16, '0')],
  at: [to],
  weight: [5],
  duration: [0.1],
  attributes: [{ name: 'status', values: ['200'], of: [0] }],
})
const sampleAt = (n: number, at: number) => appendTelemetry({ first: n, at: [at], values: [[1]] })
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path.replace(`/api/seats/${seat}`, ''))
    const body = answer(path)
    return body === null
      ? new Response(JSON.stringify({ code: 'no-such-thing', message: 'Gone.' }), { status: 404 })
      : new Response(JSON.stringify(body))
  })
  forgetTelemetry()
  sampleAt(0, 60_000)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  forgetRequests()
  forgetHeat()
})

test('nothing is fetched while nobody looks; then the minutes asked for, and after that only what is new', async () => {
  const evidence = createEvidence(seat)
  sampleAt(1, 65_000)
  await settled()
  expect(asked).toEqual([])
  answer = () => table(-235_000, 65_000)
  lookAtRequests({ kind: 'last', minutes: 5 })
  await settled()
  expect(asked).toEqual(['/events?from=-235000&to=65000&limit=4000'])
  expect(requestsStore.getState()).toMatchObject({ state: 'ready' })
  answer = () => table(65_001, 70_000)
  sampleAt(2, 70_000)
  await settled()
  expect(asked.at(-1)).toBe('/events?from=65001&to=70000&every=2')
  expect(requestsStore.getState().table?.at).toEqual([65_000, 70_000])
  evidence.stop()
})

test('however fast the clock runs, news are fetched at most every two seconds', async () => {
  const evidence = createEvidence(seat)
  answer = () => table(0, 60_000)
  lookAtRequests({ kind: 'last', minutes: 5 })
  await settled()
  for (let n = 1; n <= 20; n += 1) {
    sampleAt(n, 60_000 + n * 5000)
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(asked.length).toBeLessThanOrEqual(3)
  evidence.stop()
})

test('a failure is told in words, and a trace that is not kept is gone', async () => {
  const evidence = createEvidence(seat)
  answer = () => null
  lookAtRequests({ kind: 'between', from: 0, to: 1000 })
  askTrace('00000000000000ff')
  await settled()
  expect(requestsStore.getState()).toMatchObject({ state: 'failed', why: 'Gone.' })
  expect(traceStore.getState().open).toEqual({ state: 'gone', id: '00000000000000ff' })
  evidence.stop()
})

test('heat maps are fetched for what is on the screen, and go on where they ended', async () => {
  const evidence = createEvidence(seat)
  const map = (at: number) => ({ component: 'web', edges: [0.001, 0.002], at: [at], counts: [[3]] })
  answer = () => map(60_000)
  const leave = watchHeat('web')
  await settled()
  expect(asked).toEqual(['/heat/web?from=-3600000&to=60000'])
  answer = () => map(65_000)
  await vi.advanceTimersByTimeAsync(3000)
  sampleAt(1, 65_000)
  await settled()
  expect(asked.at(-1)).toBe('/heat/web?from=60001&to=65000')
  expect(heatStore.getState().maps['web']?.at).toEqual([60_000, 65_000])
  leave()
  await vi.advanceTimersByTimeAsync(3000)
  sampleAt(2, 70_000)
  await settled()
  expect(asked).toHaveLength(2)
  evidence.stop()
})
