import { NEVER } from '../never.ts'

/** Storage of one instance: bytes in use, and a clean-up under way. */
export interface Disk {
  used: number
  /** As of the last second; 0: there is none. */
  size: number
  /** Bytes that were to be written in the second before, and bytes in use at the last sample. */
  wanted: number
  seen: number
  /** Bytes a second that a clean-up takes away, and the exercise second at which it ends. */
  freeing: number
  freeUntil: number
}
export const diskOf = (used: number): Disk => ({
  used,
  size: 0,
  wanted: 0,
  seen: used,
  freeing: 0,
  freeUntil: NEVER,
})

/** From here on a disk counts as nearly full. */
export const NEARLY_FULL_DISK = 0.9

/** Share of what is to be written in a second that finds no room, if it is as much as in the second before. Everything, on a full disk. */
export function withoutRoom(disk: Disk, size: number): number {
  const room = Math.max(0, size - disk.used)
  if (room <= 0) return 1
  return disk.wanted <= room ? 0 : 1 - room / disk.wanted
}

/** Ends a second in which `wanted` bytes were to be written; what does not fit is not kept. A disk made smaller keeps what it holds. */
export function moveDisk(disk: Disk, o: { second: number; size: number; wanted: number }): void {
  let used = Math.max(disk.used, Math.min(disk.used + o.wanted, o.size))
  disk.size = o.size
  disk.wanted = o.wanted
  if (disk.freeUntil > o.second) used = Math.max(0, used - disk.freeing)
  else if (disk.freeing > 0) disk.freeing = 0
  disk.used = used
}

/** Begins to delete down to `to` bytes, at an even pace over `over` seconds. */
export function freeDisk(disk: Disk, o: { second: number; to: number; over: number }): void {
  const seconds = Math.max(1, Math.round(o.over))
  disk.freeing = Math.max(0, disk.used - o.to) / seconds
  disk.freeUntil = o.second + seconds + 1
}

/** A disk that lasts longer than this is not filling, whatever its pace. */
const TEN_YEARS = 10 * 365 * 86_400

/** Seconds until a disk is full at a pace in bytes a second; null when it is not filling. */
export function fullIn(disk: Disk, pace: number): number | null {
  const room = disk.size - disk.used
  if (room <= 0) return 0
  return pace * TEN_YEARS > room ? room / pace : null
}
