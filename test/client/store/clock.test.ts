import { beforeEach, describe, expect, test } from 'vitest'
import { forgetServerWall, interpolate, noteServerWall } from '../../../client/store/clock.ts'
import { simMs, wallMs } from '../../../shared/ids.ts'

const running = { phase: 'running', now: simMs(60_000), wall: wallMs(1_000_000), speed: 10 } as const
beforeEach(forgetServerWall)

describe('the exercise clock between two frames', () => {
  test('runs at the speed of the exercise', () => {
    noteServerWall(1_000_000, 500_000)
    expect(interpolate(running, 501_000)).toBe(70_000)
  })
  test('stands still while paused', () => {
    expect(interpolate({ ...running, phase: 'paused' }, 9_000_000)).toBe(60_000)
  })
  test('trusts the frame that was least delayed', () => {
    noteServerWall(1_000_000, 500_000)
    noteServerWall(1_001_000, 501_900)
    expect(interpolate(running, 501_000)).toBe(70_000)
  })
  test('never runs back', () => {
    noteServerWall(1_000_000, 500_000)
    expect(interpolate(running, 499_000)).toBe(60_000)
  })
  test('stops after two seconds without a word from the server', () => {
    noteServerWall(1_000_000, 500_000)
    expect(interpolate(running, 600_000)).toBe(80_000)
  })
})
