import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../server/store/memoryStore.ts'
import { RequestTable, Trace } from '../../../shared/requests.ts'
import { startServer } from '../../support/server.ts'

test('a player asks for sampled requests, and for one of them with all its parts', async () => {
  const server = await startServer()
  const { gm, code } = await server.table()
  const ada = await server.join(code, 'Ada', ['operations'])
  const events = `/api/seats/${ada.seat}/events`
  const before = RequestTable.parse((await ada.get(`${events}?from=-300000&to=3600000`)).json)
  expect(before.trace.length).toBeGreaterThan(500)
  // Nothing can be asked of what has not happened yet.
  expect(Math.max(...before.at)).toBeLessThanOrEqual(0)
  const few = RequestTable.parse((await ada.get(`${events}?from=-300000&to=0&limit=50`)).json)
  expect(few.every).toBeGreaterThan(1)
  const trace = Trace.parse((await ada.get(`${events}/${before.trace[0] ?? ''}`)).json)
  expect(trace.spans.map((s) => s.parent)).toContain(-1)
  expect(trace.at).toBe(before.at[0])

  expect((await ada.get(`${events}/0123456789abcdef`)).status).toBe(404)
  expect((await ada.get(`${events}?from=soon&to=0`)).status).toBe(400)
  expect((await ada.get(`${events}?from=0&to=1&limit=-4`)).status).toBe(400)
  expect((await ada.get(`/api/seats/${gm.seat}/events?from=0&to=1`)).status).toBe(403)
  expect((await ada.get(`/api/seats/${ada.seat}/heat/no-such?from=-300000&to=0`)).status).toBe(404)
})

test('what was sampled is there again after a restart', async () => {
  const store = createMemoryStore()
  const one = await startServer({ store })
  const gm = await one.host()
  const path = `/api/seats/${gm.seat}/events?from=-300000&to=0`
  const before = (await gm.get(path)).text
  expect(RequestTable.parse(JSON.parse(before)).trace.length).toBeGreaterThan(500)
  await one.close()
  const two = await startServer({ store })
  expect((await two.person(gm).get(path)).text).toBe(before)
})
