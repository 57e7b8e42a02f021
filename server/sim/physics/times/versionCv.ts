import type { VersionModel } from '../model/model.ts'
import { V } from '../model/slots.ts'

/**
 * The coefficient of variation of a service time that versions of different speed make together, each of which has `cv`: the mean of
 * squares of a mixture, E[s²]·(1 + cv²), against the square of its mean. Unchanged where all are equally fast.
 */
export function versionCv(versions: readonly VersionModel[], p: Float64Array, cv: number): number {
  if (versions.length < 2) return cv
  let all = 0
  let mean = 0
  let square = 0
  for (let n = 0; n < versions.length; n += 1) {
    const slot = versions[n]?.slot ?? 0
    const weight = (p[slot + V.share] ?? 0) * (1 - (p[slot + V.drained] ?? 0))
    const scale = p[slot + V.service_time_scale] ?? 1
    all += weight
    mean += weight * scale
    square += weight * scale * scale
  }
  const spread = mean > 0 ? (square * all) / (mean * mean) : 1
  return spread > 1 + 1e-9 ? Math.sqrt(Math.max(0, spread * (1 + cv * cv) - 1)) : cv
}
