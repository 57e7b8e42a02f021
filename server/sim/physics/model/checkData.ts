import { type ComponentSpec, type SystemSpec, written } from '../../scenario/systemSchema.ts'
import type { SystemFinding } from './check.ts'
import { isReplicated } from './databaseModel.ts'
import { REPLICATION } from '../parameters/replication.ts'

type Say = (path: (string | number)[], message: string, wayOut: string) => void

/** Disks, replicas and backups of one component: what cannot work, and what would do nothing. */
export function checkData(spec: SystemSpec, id: string, say: Say): void {
  const c = spec.components[id]
  if (!c) return
  const at = ['components', id]
  checkDisk({ c, at, say })
  if (c.kind !== 'database') return
  const replicas = Math.round(written(c, 'replicas') ?? 1)
  const follows = Object.keys(REPLICATION).filter((name) => /^(replication|failover)\./.test(name))
  const said = follows.find((name) => written(c, name) !== undefined)
  if (said !== undefined && replicas < 2)
    say(
      [...at, ...said.split('.')],
      'There is nobody to follow: the database has one instance',
      'Set replicas to 2 or more',
    )
  if (isReplicated(spec, id) && c.groups && !Object.values(c.groups).includes(1))
    say(
      [...at, 'groups'],
      'No group of one instance: nobody can become primary',
      'Leave the groups out, or name single members',
    )
  const names = new Set<string>()
  c.backups.forEach((b, i) => {
    if (names.has(b.name))
      say([...at, 'backups', i, 'name'], `Another backup is called ${b.name}`, 'Rename one of them')
    names.add(b.name)
    if (b.size === undefined && (written(c, 'disk.size') ?? 0) <= 0)
      say(
        [...at, 'backups', i],
        'It is not known how much must be copied back',
        'Give the backup a size, or the database a disk',
      )
    if (b.every !== undefined && b.every < 1)
      say([...at, 'backups', i, 'every'], 'Backups cannot be made that often', 'Give a second or more')
  })
}

function checkDisk(o: {
  readonly c: ComponentSpec
  readonly at: (string | number)[]
  readonly say: Say
}): void {
  const { c, at, say } = o
  const size = written(c, 'disk.size') ?? 0
  if (size > 0 && (written(c, 'disk.used') ?? 0) > size)
    say([...at, 'disk', 'used'], 'More is in use than the disk holds', 'Raise disk.size or lower disk.used')
  const lacking = ['disk.used', 'disk.growth', 'disk.per_request', 'disk.needed'].find(
    (name) => written(c, name) !== undefined,
  )
  if (size <= 0 && lacking !== undefined)
    say([...at, ...lacking.split('.')], 'There is no disk it could speak of', 'Give disk.size')
}

/** What works, but hardly as meant: worth a warning. */
export function adviseData(spec: SystemSpec): SystemFinding[] {
  const findings: SystemFinding[] = []
  for (const [id, c] of Object.entries(spec.components)) {
    if (c.kind !== 'database') continue
    const at = ['components', id]
    if (written(c, 'replication.synchronous') === 1 && Math.round(written(c, 'replicas') ?? 1) === 2)
      findings.push({
        path: [...at, 'replication', 'synchronous'],
        message: 'A majority of two is both: when either is lost, nothing is written.',
        wayOut: 'Use 3 replicas or more, if that is not what the exercise is about.',
      })
    const writes = Object.values(spec.components).some((x) => (written(x.calls[id] ?? {}, 'writes') ?? 0) > 0)
    if ((written(c, 'disk.per_request') ?? 0) > 0 && !writes)
      findings.push({
        path: [...at, 'disk', 'per_request'],
        message: `Nobody writes to ${id}, so nothing is added to its disk.`,
        wayOut: 'Set writes on a call to it, or use disk.growth.',
      })
  }
  return findings
}
