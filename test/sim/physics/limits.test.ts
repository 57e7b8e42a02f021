import { describe, expect, it } from 'vitest'
import { beyondQuota, certificateDays, quotaStatus } from '../../../server/sim/physics/data/limits.ts'

describe('things that run out', () => {
  it('a certificate counts its days down and below zero', () => {
    expect(certificateDays(86_400, 0)).toBe(1)
    expect(certificateDays(0, 43_200)).toBe(-0.5)
  })
  it('a quota is a cliff: the last second is served in part, nothing after it', () => {
    expect(beyondQuota({ used: 0, limit: 1000, each: 1, arrivals: 100 })).toBe(0)
    expect(beyondQuota({ used: 950, limit: 1000, each: 1, arrivals: 100 })).toBe(0.5)
    expect(beyondQuota({ used: 1000, limit: 1000, each: 1, arrivals: 100 })).toBe(1)
    expect(beyondQuota({ used: 990, limit: 1000, each: 10, arrivals: 4 })).toBe(0.75)
    expect(beyondQuota({ used: 5, limit: 1, each: 0, arrivals: 4 })).toBe(0)
  })
  it('is answered 429 by those who hand it out and 500 where numbers run out inside', () => {
    expect([quotaStatus('external'), quotaStatus('database')]).toEqual([429, 500])
  })
})
