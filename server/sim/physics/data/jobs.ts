import type { Gauge } from '../instruments.ts'
import type { ComponentModel } from '../model/model.ts'

/** A scheduled job between its runs and during one. */
export interface JobState {
  /** Pieces of work not yet taken up. */
  left: number
  /** Taken up and not yet finished are in the station; these are counted for the run under way. */
  done: number
  failed: number
  running: boolean
  /** Exercise second at which the last run without failures ended. */
  goodAt: number
  /** Runs that ended with failures, since the World began. */
  badRuns: number
  /** Runs somebody has asked for, to begin in the next second. */
  asked: number
  /** Starts that found the run before still under way. */
  overlaps: number
}

/** A job that has always gone well: its last run is taken to have ended with its last start before exercise time −65 min, when Worlds begin. */
export const idleJob = (o: { every: number; offset: number }): JobState => ({
  left: 0,
  done: 0,
  failed: 0,
  running: false,
  goodAt: o.offset - Math.ceil((o.offset - WORLD_BEGINS) / o.every) * o.every,
  badRuns: 0,
  overlaps: 0,
  asked: 0,
})

/** Exercise second at which a World is opened. */
const WORLD_BEGINS = -65 * 60

/** A run with more than this share of failures has failed. */
const TOLERATED = 0.001

/** Whether the second `second` is a start of a job that starts every `every` seconds, one of them at `offset`. */
export const startsAt = (second: number, o: { every: number; offset: number }): boolean => {
  const every = Math.max(1, Math.round(o.every))
  return (((second - Math.round(o.offset)) % every) + every) % every === 0
}

/** Starts a run: a start that finds the last one under way adds its work to it (and is counted), as most schedulers do. */
export function startRun(job: JobState, items: number): void {
  if (job.running) job.overlaps += 1
  job.running = true
  job.left += items
}

/** Notes what a second finished, and ends the run when nothing is left. `inWork`: pieces of work still at the station. */
export function moveRun(
  job: JobState,
  o: { second: number; done: number; failed: number; inWork: number },
): void {
  if (!job.running) return
  job.done += o.done
  job.failed += o.failed
  if (job.left > 1e-6 || o.inWork > 0.5) return
  if (job.failed <= TOLERATED * (job.done + job.failed)) job.goodAt = o.second + 1
  else job.badRuns += 1
  job.running = false
  job.left = job.done = job.failed = 0
}

/** Gives up a run: what is left is not done. */
export function cancelRun(job: JobState): void {
  if (!job.running) return
  job.badRuns += 1
  job.running = false
  job.left = job.done = job.failed = 0
}

/** What can be measured of a scheduled job. */
export function jobGauges(c: ComponentModel): readonly Gauge[] {
  if (c.kind !== 'job') return []
  return [
    {
      prefix: c.metrics,
      title: c.title,
      columns: [
        ['running', 'a run is under way (1 yes, 0 no)', '1'],
        ['items_left', 'left of the run', 'count'],
        ['success_age', 'time since a run ended well', 's'],
        ['failed_runs', 'runs with failures', 'count'],
      ],
      values: ({ state }) => {
        const job = state.jobs[c.index]
        return job ? [job.running ? 1 : 0, job.left, state.second + 1 - job.goodAt, job.badRuns] : []
      },
    },
  ]
}
