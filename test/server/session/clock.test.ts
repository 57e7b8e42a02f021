import { expect, test } from 'vitest'
import { simMs } from '../../../shared/ids.ts'
import { createClock } from '../../../server/session/clock.ts'

function atHand() {
  let at = 0
  const clock = createClock(() => at)
  return {
    clock,
    wait(ms: number) {
      at += ms
      return clock.present()
    },
  }
}

test('a clock that stands has no present', () => {
  const { clock, wait } = atHand()
  clock.follow({ running: false, speed: 1 }, simMs(0))
  expect(wait(500)).toBeNull()
})

test('exercise time passes at the speed of play', () => {
  const { clock, wait } = atHand()
  clock.follow({ running: true, speed: 10 }, simMs(1000))
  expect(wait(500)).toBe(6000)
  clock.follow({ running: true, speed: 1 }, simMs(6000))
  expect(wait(500)).toBe(6500)
})

test('many small steps lose no time', () => {
  const { clock, wait } = atHand()
  clock.follow({ running: true, speed: 1 }, simMs(0))
  for (let i = 0; i < 1000; i++) {
    const now = wait(0.4)
    if (now !== null) clock.follow({ running: true, speed: 1 }, now)
  }
  expect(clock.present()).toBe(400)
})

test('a pause adds nothing', () => {
  const { clock, wait } = atHand()
  clock.follow({ running: true, speed: 1 }, simMs(0))
  clock.follow({ running: false, speed: 1 }, simMs(1000))
  expect(wait(60_000)).toBeNull()
  clock.follow({ running: true, speed: 1 }, simMs(1000))
  expect(wait(500)).toBe(1500)
})

test('while the machine slept, exercise time stood', () => {
  const { clock, wait } = atHand()
  clock.follow({ running: true, speed: 1 }, simMs(0))
  expect(wait(500)).toBe(500)
  expect(wait(3_600_000)).toBe(10_500)
  expect(wait(500)).toBe(11_000)
})

test('time that could not be written down did not happen', () => {
  const { clock, wait } = atHand()
  clock.follow({ running: true, speed: 1 }, simMs(0))
  wait(5000)
  clock.rebase(simMs(0))
  expect(wait(500)).toBe(500)
})
