import { describe, expect, test } from 'vitest'
import { ago, clock, duration, number } from '../../../client/ui/format.ts'

describe('exercise time on a clock face', () => {
  test.each([
    [0, '00:00:00'],
    [754_000, '00:12:34'],
    [754_999, '00:12:34'],
    [-180_000, '−00:03:00'],
    [-400, '00:00:00'],
    [36_000_000, '10:00:00'],
  ])('%i ms reads %s', (ms, face) => expect(clock(ms)).toBe(face))
})

describe('a duration names its two largest units', () => {
  test.each([
    [0, '0 s'],
    [45_000, '45 s'],
    [80_000, '1:20 min'],
    [300_000, '5 min'],
    [7_500_000, '2 h 5 min'],
    [7_200_000, '2 h'],
    [273_600_000, '3 d 4 h'],
    [-45_000, '−45 s'],
  ])('%i ms reads %s', (ms, words) => expect(duration(ms)).toBe(words))
})

describe('how long ago', () => {
  test.each([
    [0, 'now'],
    [-5000, 'now'],
    [40_000, '40s'],
    [300_000, '5m'],
    [7_200_000, '2h'],
  ])('%i ms reads %s', (ms, words) => expect(ago(ms)).toBe(words))
})

describe('a measured value carries three digits and its unit', () => {
  test.each([
    [1234, 'per_s', '1.23k/s'],
    [1200, 'per_s', '1.2k/s'],
    [999.6, 'per_s', '1k/s'],
    [0.42, 's', '420 ms'],
    [0.9999, 's', '1 s'],
    [0.000_25, 's', '250 µs'],
    [300, 's', '5 min'],
    [0.992, 'ratio', '99.2 %'],
    [41.23, 'percent', '41.2 %'],
    [3.1 * 1024 ** 3, 'bytes', '3.1 GiB'],
    [512, 'bytes', '512 B'],
    [12, 'count', '12'],
    [-3, '1', '−3'],
    [1, 'days', '1 day'],
    [0, 'ratio', '0 %'],
    [Number.NaN, 's', 'unknown'],
  ] as const)('%d in %s reads %s', (value, unit, words) => expect(number(value, unit)).toBe(words))

  test('a service level just short of one is not rounded up to it', () => {
    expect(number(0.9995, 'ratio')).toBe('99.95 %')
    expect(number(0.99996, 'ratio')).toBe('99.996 %')
    expect(number(1, 'ratio')).toBe('100 %')
  })
})
