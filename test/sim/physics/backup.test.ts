import { afterAll, describe, expect, it } from 'vitest'
import {
  type BackupModel,
  type Backups,
  backups,
  countWrites,
  endRestore,
  moveBackups,
  restoreTime,
  startRestore,
} from '../../../server/sim/physics/data/backup.ts'
import { compare, printTable } from './lab.ts'

const HOUR = 3600
const NIGHTLY: BackupModel = {
  name: 'nightly',
  title: 'Nightly',
  age: 2 * HOUR,
  every: 0,
  size: 0,
  works: true,
}
const HOURLY: BackupModel = { ...NIGHTLY, name: 'hourly', age: 0.5 * HOUR, every: HOUR }
const BROKEN: BackupModel = { ...NIGHTLY, name: 'broken', works: false }
const MODELS = [NIGHTLY, HOURLY, BROKEN]

/** Lets seconds pass at `rate` writes a second, from `from` on. */
function play(
  b: Backups,
  o: { from: number; seconds: number; rate: number; damaged?: number; runs?: boolean },
): void {
  const { from, seconds, rate, damaged = 0, runs = true } = o
  for (let second = from; second < from + seconds; second += 1) {
    moveBackups(MODELS, b, { second, runs, damaged })
    countWrites(b, runs ? rate : 0)
  }
}

describe('putting a backup back', () => {
  it('takes its size by the throughput, and loses what was written since it was taken', () => {
    expect(compare('seconds for 300 GB at 250 MB/s', restoreTime(300e9, 250e6), 1200)).toBeLessThan(1e-12)
    const b = backups(MODELS)
    play(b, { from: -600, seconds: 1800, rate: 50 })
    startRestore(b, { backup: 0, second: 1200, seconds: 1200 })
    expect(endRestore(MODELS, b, { second: 2399, damaged: 0 })).toBe('none')
    expect(endRestore(MODELS, b, { second: 2400, damaged: 0 })).toBe('done')
    // Two hours before the World began, at the mean rate seen until now, and what came since.
    expect(compare('writes lost with a backup two hours old', b.lost, (2 * HOUR + 1800) * 50)).toBeLessThan(
      1e-9,
    )
    // A second time loses only what came after the first.
    play(b, { from: 2400, seconds: 100, rate: 50 })
    startRestore(b, { backup: 0, second: 2500, seconds: 1 })
    const before = b.lost
    endRestore(MODELS, b, { second: 2501, damaged: 0 })
    expect(b.lost - before).toBeCloseTo(5000, 6)
  })
  it('loses less the more often backups are made', () => {
    const b = backups(MODELS)
    play(b, { from: 0, seconds: 2400, rate: 50 })
    // Half an hour old at first, the next came after another half hour.
    expect(b.list[1]?.takenAt).toBe(1800)
    startRestore(b, { backup: 1, second: 2400, seconds: 60 })
    endRestore(MODELS, b, { second: 2460, damaged: 0 })
    expect(compare('writes lost with one ten minutes old', b.lost, 600 * 50)).toBeLessThan(1e-9)
    expect(b.lostSeconds).toBe(600)
  })
  it('ends in failure after its time when the backup does not work, with everything as it was', () => {
    const b = backups(MODELS)
    play(b, { from: 0, seconds: 100, rate: 50, damaged: 0.2 })
    startRestore(b, { backup: 2, second: 100, seconds: 300 })
    expect(endRestore(MODELS, b, { second: 400, damaged: 0.2 })).toBe('failed')
    expect(b.lost).toBe(0)
    expect(b.healed).toBe(0)
  })
  it('undoes damage done after it was taken, and no other', () => {
    const b = backups(MODELS)
    play(b, { from: 0, seconds: 600, rate: 50 })
    play(b, { from: 600, seconds: 1800, rate: 50, damaged: 0.2 })
    const restore = (backup: number, second: number) => {
      startRestore(b, { backup, second, seconds: 1 })
      endRestore(MODELS, b, { second: second + 1, damaged: 0.2 })
      return b.healed
    }
    // The hourly one was made at 1800, when the damage had been done.
    expect(restore(1, 2400)).toBe(0)
    expect(restore(0, 2500)).toBe(0.2)
    // What goes wrong afterwards is damage again.
    moveBackups(MODELS, b, { second: 2600, runs: true, damaged: 0 })
    expect(b.healed).toBe(0)
    moveBackups(MODELS, b, { second: 2601, runs: true, damaged: 0.1 })
    expect(b.damagedSince).toBe(2601)
  })
  it('leaves out backups that were due while the database was down', () => {
    const b = backups(MODELS)
    play(b, { from: 0, seconds: 1700, rate: 50 })
    play(b, { from: 1700, seconds: 300, rate: 50, runs: false })
    expect(b.list[1]?.takenAt).toBe(-1800)
    play(b, { from: 2000, seconds: 4000, rate: 50 })
    expect(b.list[1]?.takenAt).toBe(5400)
  })
})

afterAll(() => printTable('Backups'))
