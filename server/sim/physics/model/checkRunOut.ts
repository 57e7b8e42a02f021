import { type SystemSpec, written } from '../../scenario/systemSchema.ts'

type Say = (path: (string | number)[], message: string, wayOut: string) => void

/** Names, jobs, certificates and quotas that cannot work as written. */
export function checkRunOut(spec: SystemSpec, say: Say): void {
  const servers = Object.keys(spec.components).filter((id) => spec.components[id]?.kind === 'dns')
  const goesBy = (via: string | undefined, at: (string | number)[]) => {
    if (via !== undefined && !servers.includes(via))
      say(
        [...at, 'via'],
        `${via} is no component of kind dns`,
        servers.length > 0 ? `Use one of: ${servers.join(', ')}` : 'Add a component of kind dns',
      )
  }
  for (const [id, c] of Object.entries(spec.components)) {
    const at = ['components', id]
    for (const [to, call] of Object.entries(c.calls)) {
      goesBy(call.via, [...at, 'calls', to])
      if (spec.components[to]?.kind === 'job')
        say([...at, 'calls', to], `${to} is a job: nobody calls it`, 'Give the job calls of its own')
    }
    const used = written(c, 'quota.used') ?? 0
    const limit = written(c, 'quota.limit')
    if (limit !== undefined && used > limit)
      say([...at, 'quota', 'used'], 'More is used than the quota allows', 'Lower used or raise limit')
  }
  for (const [id, t] of Object.entries(spec.traffic)) {
    goesBy(t.via, ['traffic', id])
    if (spec.components[t.to]?.kind === 'job')
      say(
        ['traffic', id, 'to'],
        `${t.to} is a job: nobody calls it`,
        'Send traffic to a component that answers',
      )
  }
}
