import { describe, expect, test } from 'vitest'
import { receive, type Known } from '../../../client/net/feed.ts'
import type { Frame } from '../../../shared/frames.ts'
import { SeatId } from '../../../shared/ids.ts'

const seat = SeatId.parse('st_aaaaaaaa')
const welcome = (seq: number, left: number): Frame => ({
  kind: 'welcome',
  seq,
  seat,
  engine: '1',
  views: { role: { hints: { given: [], left } }, mine: {} },
})
const update = (seq: number, left: number): Frame => ({
  kind: 'update',
  seq,
  patch: { role: { hints: { set: { left } } } },
})
const hintsLeft = (known: Known | 'gap') => (known === 'gap' ? known : known.views.role.hints?.left)

describe('frames of a seat', () => {
  const known = receive(null, welcome(4, 3)) as Known

  test('a welcome is the whole view', () => expect(hintsLeft(known)).toBe(3))
  test('the next number is applied', () => expect(hintsLeft(receive(known, update(5, 2)))).toBe(2))
  test('a number seen before changes nothing', () => expect(receive(known, update(4, 1))).toBe(known))
  test('a gap asks to resume', () => expect(receive(known, update(6, 1))).toBe('gap'))
  test('an update before any welcome asks to resume', () => expect(receive(null, update(1, 1))).toBe('gap'))
  test('a welcome after a long absence replaces everything', () =>
    expect(hintsLeft(receive(known, welcome(90, 0)))).toBe(0))
})
