import { expect, test } from 'vitest'
import type { Frame, Views } from '../../../shared/frames.ts'
import { SeatId, simMs } from '../../../shared/ids.ts'
import { applyPatch } from '../../../shared/patch.ts'
import { createFeed, FRAMES_KEPT } from '../../../server/session/feed.ts'

const seat = SeatId.parse('st_aaaaaaaaaaaa')
const views = (...texts: string[]): Views => ({
  role: { hints: { given: texts.map((text, i) => ({ at: simMs(i), text })), left: 3 } },
  mine: {},
})
const feed = () => createFeed({ seat, engine: '0.1.0', first: views(), seq: 100 })
const follow = (start: Views, frames: readonly (Frame | undefined)[]) =>
  frames.reduce<Views>(
    (seen, f) => (f?.kind === 'welcome' ? f.views : f ? applyPatch(seen, f.patch) : seen),
    start,
  )

test('whoever comes first is told everything', () => {
  expect(feed().resume(undefined)).toEqual([
    { kind: 'welcome', seq: 100, seat, views: views(), engine: '0.1.0' },
  ])
})

test('frames are numbered without gaps, and nothing changed is nothing said', () => {
  const f = feed()
  const said = [f.push(views('a')), f.push(views('a')), f.push(views('a', 'b'))]
  expect(said.map((frame) => frame?.seq)).toEqual([101, undefined, 102])
  expect(follow(views(), said)).toEqual(views('a', 'b'))
})

test('a list that grew is told by its new end only', () => {
  const f = feed()
  f.push(views('a'))
  expect(f.push(views('a', 'b'))).toMatchObject({
    patch: { role: { hints: { append: { given: [{ text: 'b' }] } } } },
  })
})

test('whoever dropped out hears exactly what they missed', () => {
  const f = feed()
  const all = ['a', 'b', 'c'].map((_, i, texts) => f.push(views(...texts.slice(0, i + 1))))
  expect(f.resume(101)).toEqual(all.slice(1))
  expect(f.resume(103)).toEqual([])
})

test('a gap longer than the memory, and a number of another process, get everything afresh', () => {
  const f = feed()
  for (let i = 0; i < FRAMES_KEPT + 2; i++) f.push(views(String(i)))
  expect(f.resume(101)).toMatchObject([{ kind: 'welcome', seq: 100 + FRAMES_KEPT + 2 }])
  expect(f.resume(102)).toHaveLength(FRAMES_KEPT)
  expect(f.resume(9_999)).toMatchObject([{ kind: 'welcome' }])
  expect(f.resume(7)).toMatchObject([{ kind: 'welcome' }])
})
