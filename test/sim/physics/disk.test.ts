import { afterAll, describe, expect, it } from 'vitest'
import {
  type Disk,
  diskOf,
  freeDisk,
  fullIn,
  moveDisk,
  withoutRoom,
} from '../../../server/sim/physics/data/disk.ts'
import { compare, printTable } from './lab.ts'

const GB = 1e9
/** Writes `wanted` bytes a second until the disk is full; returns the seconds. */
function untilFull(disk: Disk, size: number, wanted: number): number {
  let second = 0
  while (withoutRoom(disk, size) < 1 && second < 1e6) {
    moveDisk(disk, { second, size, wanted })
    second += 1
  }
  return second
}

describe('a disk', () => {
  it('is full after its room divided by what is written, to the second', () => {
    for (const [size, used, wanted] of [
      [100 * GB, 40 * GB, 20e6],
      [10 * GB, 0, 333_333],
      [GB, 0.999 * GB, 7],
    ] as const) {
      const seconds = untilFull(diskOf(used), size, wanted)
      const expected = (size - used) / wanted
      compare(`seconds to fill ${(size - used) / GB} GB at ${wanted / 1e6} MB/s`, seconds, expected)
      expect(Math.abs(seconds - expected)).toBeLessThanOrEqual(1)
      expect(fullIn({ ...diskOf(used), size }, wanted)).toBeCloseTo(expected, 6)
    }
  })
  it('keeps what it holds and no more, and says so', () => {
    const disk = diskOf(95)
    moveDisk(disk, { second: 0, size: 100, wanted: 10 })
    expect(disk.used).toBe(100)
    expect(withoutRoom(disk, 100)).toBe(1)
    // A larger disk helps at once; one made smaller loses nothing.
    expect(withoutRoom(disk, 105)).toBe(0.5)
    expect(withoutRoom(disk, 200)).toBe(0)
    moveDisk(disk, { second: 1, size: 50, wanted: 10 })
    expect(disk.used).toBe(100)
    expect(fullIn(disk, 5)).toBe(0)
    expect(fullIn({ ...disk, size: 200 }, 0)).toBeNull()
  })
  it('is freed at an even pace while it goes on being written', () => {
    const disk = diskOf(80)
    freeDisk(disk, { second: 9, to: 20, over: 30 })
    for (let second = 10; second < 40; second += 1) moveDisk(disk, { second, size: 100, wanted: 0.5 })
    expect(compare('in use after 30 s of cleaning up, 0.5/s coming', disk.used, 80 - 60 + 15)).toBeLessThan(
      1e-9,
    )
    moveDisk(disk, { second: 40, size: 100, wanted: 0.5 })
    expect(disk.used).toBeCloseTo(35.5, 9)
  })
})

afterAll(() => printTable('Disks'))
