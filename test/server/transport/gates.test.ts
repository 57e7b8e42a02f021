import { expect, test } from 'vitest'
import { SeatId } from '../../../shared/ids.ts'
import { cookieName, seatTokens, tokenOf } from '../../../server/transport/cookies.ts'
import { sameOrigin } from '../../../server/transport/origin.ts'
import { createBuckets } from '../../../server/transport/tokenBucket.ts'

const seat = SeatId.parse('st_aaaaaaaaaaaa')
const token = 'x'.repeat(43)

test('a bucket gives its burst, then its rate', () => {
  let now = 0
  const buckets = createBuckets({ perSecond: 2, burst: 3, now: () => now })
  const takes = (n: number) => Array.from({ length: n }, () => buckets.take('a'))
  expect(takes(4)).toEqual([true, true, true, false])
  now = 500
  expect(takes(2)).toEqual([true, false])
  expect(buckets.take('b')).toBe(true)
  now = 60_000
  expect(takes(4)).toEqual([true, true, true, false])
})

test('looking into a bucket takes nothing', () => {
  const buckets = createBuckets({ perSecond: 1, burst: 1, now: () => 0 })
  expect([buckets.has('a'), buckets.has('a'), buckets.take('a'), buckets.has('a')]).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test.each([
  [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, true],
  [{ origin: 'https://rfr.example', host: 'RFR.example' }, true],
  [{ host: '10.0.0.5:3000' }, true],
  [{ origin: 'http://evil.example', host: '10.0.0.5:3000' }, false],
  [{ origin: 'http://10.0.0.5:4000', host: '10.0.0.5:3000' }, false],
  [{ origin: 'null', host: '10.0.0.5:3000' }, false],
  [{ origin: 'http://10.0.0.5:3000' }, false],
])('a page of %j is one of ours: %s', (headers, ours) => {
  expect(sameOrigin(headers)).toBe(ours)
})

test('a seat is found by its own cookie among others', () => {
  const header = `theme=dark; ${cookieName(seat)}=${token}; rfr_st_bbbbbbbbbbbb=${'y'.repeat(43)}`
  expect(tokenOf(header, seat)).toBe(token)
  expect(seatTokens(header)).toHaveLength(2)
})

test.each([undefined, '', ';;;', 'rfr_=x', `rfr_nonsense=${token}`, `${cookieName(seat)}=short`])(
  '%j holds no seat',
  (header) => {
    expect(seatTokens(header)).toEqual([])
  },
)
