import { A, NEVER, type PhysicsState } from '../../../server/sim/physics/state.ts'
import { underWay } from '../../../server/sim/physics/traffic/streams.ts'

/** Moments lie before or after second 0, swings, surpluses and changes of scale go both ways, a streak of checks counts bad ones down. */
const SIGNED = /At$|Until$|^since$|^expires$|^swing$|^surplus$|^streak$|^changed$/

/** The first number that no state may hold, with where it is. NEVER, −1 and null stand for "none". */
export function wrongNumber(x: unknown, at: string): string | undefined {
  if (typeof x === 'number')
    return (x >= -1e-6 && x <= 1e19) || x === NEVER || x === -1 ? undefined : `${at} is ${x}`
  if (typeof x === 'string' || typeof x === 'boolean') return undefined
  if (x === null) return undefined
  if (typeof x !== 'object') return `${at} is ${String(x)}`
  for (const key in x) {
    const inner = (x as Readonly<Record<string, unknown>>)[key]
    if (SIGNED.test(key) && (typeof inner !== 'number' || Number.isFinite(inner))) continue
    const found = wrongNumber(inner, `${at}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** What came in since the last sample is answered, given up, lost, or still there: what is not so, first. */
export function notConserved(state: PhysicsState, before: readonly number[]): string | undefined {
  for (const [i, station] of state.stations.entries()) {
    const { sums, inSystem } = station
    let gone = (sums[A.ok] ?? 0) + (sums[A.abandoned] ?? 0) + (sums[A.lost] ?? 0)
    for (let k = 0; k < 5; k += 1) gone += sums[A.status + k] ?? 0
    const offered = sums[A.offered] ?? 0
    const off = Math.abs((before[i] ?? 0) + offered - gone - inSystem)
    if (!(off < 1e-6 * (1 + offered + inSystem + (before[i] ?? 0))))
      return `station ${i}: ${before[i]} + ${offered} came, ${gone} went, ${inSystem} there`
    const waiting = station.waiting.reduce((a, b) => a + b, 0)
    if (!(Math.abs(waiting + station.busy - inSystem) < 1e-6 * (1 + inSystem)))
      return `station ${i}: ${waiting} wait, ${station.busy} in work, ${inSystem} there`
  }
  for (const [i, s] of state.sources.entries()) {
    const pending = underWay(s)
    if (!(Math.abs(s.begun - s.total - pending) < 1e-6 * (1 + s.begun)))
      return `source ${i}: ${s.begun} begun, ${s.total} done, ${pending} under way`
  }
  return undefined
}
