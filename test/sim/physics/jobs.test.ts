import { describe, expect, it } from 'vitest'
import { cancelRun, idleJob, moveRun, startRun, startsAt } from '../../../server/sim/physics/data/jobs.ts'

describe('a scheduled job', () => {
  it('starts every so often, also before time zero', () => {
    const starts = (every: number, offset: number) =>
      Array.from({ length: 400 }, (_, n) => n - 200).filter((second) => startsAt(second, { every, offset }))
    expect(starts(100, 30)).toEqual([-170, -70, 30, 130])
    expect(starts(60, -3600)).toEqual([-180, -120, -60, 0, 60, 120, 180])
  })
  it('ends well when all is done, and remembers when', () => {
    const job = idleJob({ every: 600, offset: 0 })
    startRun(job, 100)
    for (let second = 0; second < 10; second += 1) {
      job.left -= 10
      moveRun(job, { second, done: 10, failed: 0, inWork: 0 })
    }
    expect(job).toMatchObject({ running: false, goodAt: 10, badRuns: 0 })
  })
  it('counts a run with failures as failed, and keeps the time of the last good one', () => {
    const job = idleJob({ every: 600, offset: 0 })
    startRun(job, 10)
    job.left = 0
    moveRun(job, { second: 5, done: 8, failed: 2, inWork: 0 })
    expect(job).toMatchObject({ running: false, goodAt: -4200, badRuns: 1 })
  })
  it('adds to a run still under way, and can be given up', () => {
    const job = idleJob({ every: 600, offset: 0 })
    startRun(job, 10)
    startRun(job, 10)
    expect(job).toMatchObject({ left: 20, overlaps: 1, running: true })
    cancelRun(job)
    expect(job).toMatchObject({ left: 0, running: false, badRuns: 1 })
  })
})
