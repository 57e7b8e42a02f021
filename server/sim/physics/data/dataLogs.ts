import { D } from './databaseState.ts'
import { NEARLY_FULL_DISK } from './disk.ts'
import type { ComponentModel } from '../model/model.ts'
import type { PhysicsState } from '../state.ts'

/** Happenings around what is stored. */
export const DATA_HAPPENINGS = [
  'failover-started',
  'failover-done',
  'failover-failed',
  'writes-lost',
  'writes-diverged',
  'write-refused',
  'replication-lag',
  'data-damaged',
  'restore-done',
  'restore-failed',
  'disk-nearly-full',
  'disk-full',
] as const
export type DataHappening = (typeof DATA_HAPPENINGS)[number]

/** A follower that is further behind (s) says so. */
const LATE = 10
/** What lasts is told of this often (s). */
const OFTEN = 5

/** Tells of what happened to the data of a component in the last sample, and of what goes on. `seconds`: how long that was. */
export function tellData(
  state: PhysicsState,
  c: ComponentModel,
  tell: { readonly seconds: number; readonly say: (kind: DataHappening, count: number) => void },
): void {
  const { seconds, say } = tell
  if (c.disk) {
    let full = 0
    let nearly = 0
    for (const i of c.cells) {
      const disk = state.stations[i]?.disk
      if (!disk || disk.size <= 0) continue
      if (disk.used >= disk.size) full += 1
      else if (disk.used >= NEARLY_FULL_DISK * disk.size) nearly += 1
    }
    say('disk-full', (full * seconds) / OFTEN)
    say('disk-nearly-full', (nearly * seconds) / OFTEN)
  }
  if (c.kind !== 'database') return
  const s = c.database && state.databases[c.database.index]
  if (!s) return
  const of = (place: number) => s.happened[place] ?? 0
  say('failover-started', of(D.started))
  say('failover-done', of(D.promoted))
  say('failover-failed', of(D.failed))
  say('writes-lost', of(D.lost))
  say('writes-diverged', of(D.diverged))
  say('write-refused', of(D.refused))
  say('data-damaged', of(D.damaged))
  say('restore-done', of(D.restored))
  say('restore-failed', of(D.unrestored))
  if ((s.lag ?? 0) > LATE) say('replication-lag', seconds / OFTEN)
}
