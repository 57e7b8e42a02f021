import { Session } from 'node:inspector/promises'
import { basename } from 'node:path'

/** Runs `work` under the sampling profiler: functions by their own share of the time, greatest first. */
export async function costsOf(work: () => void): Promise<{ name: string; share: number }[]> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const own = new Map<string, number>()
  const nodes = new Map(profile.nodes.map((n) => [n.id, n.callFrame]))
  let all = 0
  profile.samples?.forEach((id, i) => {
    const frame = nodes.get(id)
    if (!frame?.url.startsWith('file:')) return
    const name = `${frame.functionName || 'top level'} (${basename(frame.url)})`
    const time = profile.timeDeltas?.[i] ?? 0
    own.set(name, (own.get(name) ?? 0) + time)
    all += time
  })
  return [...own].map(([name, time]) => ({ name, share: time / all })).toSorted((a, b) => b.share - a.share)
}
