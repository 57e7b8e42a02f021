import type { DatabaseModel } from '../model/databaseModel.ts'
import { D, type DatabaseState } from './databaseState.ts'
import { fullIn } from './disk.ts'
import type { Column, Gauge, Reading } from '../instruments.ts'
import type { ComponentModel } from '../model/model.ts'
import { NEVER } from '../never.ts'
import { A, type Station } from '../state.ts'

const DISK: readonly Column[] = [
  ['disk_ratio', 'disk in use', 'ratio'],
  ['disk_full_in', 'time until the disk is full, at the present pace', 's'],
]
const WRITES: readonly Column[] = [['writes_rps', 'writes taken', 'per_s']]
const FOLLOWERS: readonly Column[] = [
  ['has_primary', 'a primary takes writes (1 yes, 0 no)', '1'],
  ['followers_ready', 'followers that answer', 'count'],
  ['replication_lag', 'replication lag of the last follower', 's'],
  ['read_age', 'mean age of what reads see', 's'],
  ['diverged_writes', 'writes taken by a primary of before', 'count'],
]
const LOST: readonly Column[] = [
  ['lost_writes', 'writes lost', 'count'],
  ['lost_seconds', 'time in which they were made', 's'],
]
const BACKUPS: readonly Column[] = [['backup_age', 'age of the newest backup', 's']]

/** The fullest disk of a component, and the one that is full first. */
function diskValues(stations: readonly Station[]): (number | null)[] {
  let most = 0
  let first: number | null = null
  for (const station of stations) {
    const { disk } = station
    if (disk.size <= 0 || station.ready <= 0) continue
    const seconds = station.sums[A.seconds] ?? 0
    most = Math.max(most, disk.used / disk.size)
    const rest = fullIn(disk, seconds > 0 ? (disk.used - disk.seen) / seconds : 0)
    if (rest !== null && (first === null || rest < first)) first = rest
    disk.seen = disk.used
  }
  return [Math.min(1, most), first]
}

function newestAge(s: DatabaseState, second: number): number | null {
  const newest = s.backups.list.reduce((at, b) => Math.max(at, b.takenAt), NEVER)
  return newest > NEVER ? second + 1 - newest : null
}

/** What instruments show of the data of one database. */
function databaseGauges(d: DatabaseModel): { columns: readonly Column[]; values: Gauge['values'] }[] {
  const on =
    (read: (s: DatabaseState, r: Reading) => readonly (number | null)[]): Gauge['values'] =>
    (r) => {
      const s = r.state.databases[d.index]
      return s ? read(s, r) : []
    }
  const follows = d.electable > 0
  return [
    ...(d.writes || follows
      ? [
          {
            columns: WRITES,
            values: on((s, r) => [r.seconds > 0 ? (s.sums[D.writes] ?? 0) / r.seconds : null]),
          },
        ]
      : []),
    ...(follows
      ? [
          {
            columns: FOLLOWERS,
            values: on((s) => {
              const reads = s.sums[D.reads] ?? 0
              const age = reads > 0 ? (s.sums[D.age] ?? 0) / reads : null
              return [s.hasPrimary, s.followers, s.lag, age, s.set?.diverged ?? 0]
            }),
          },
        ]
      : []),
    ...(follows || d.backups.length > 0
      ? [
          {
            columns: LOST,
            values: on((s) => [
              (s.set?.lost ?? 0) + s.backups.lost,
              (s.set?.lostSeconds ?? 0) + s.backups.lostSeconds,
            ]),
          },
        ]
      : []),
    ...(d.backups.length > 0
      ? [{ columns: BACKUPS, values: on((s, r) => [newestAge(s, r.state.second)]) }]
      : []),
  ]
}

/** What can be measured of what a component stores: its disks, and the data of a database. */
export function dataGauges(c: ComponentModel): readonly Gauge[] {
  const disk = c.disk ? [{ columns: DISK, values: ({ stations }: Reading) => diskValues(stations) }] : []
  return [...disk, ...(c.database ? databaseGauges(c.database) : [])].map((g) => ({
    ...g,
    prefix: c.metrics,
    title: c.title,
  }))
}
