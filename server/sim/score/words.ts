import type { ScorePart } from '../../../shared/record.ts'

export const PART_TITLES: Readonly<Record<ScorePart['id'], string>> = {
  recovery: 'Recovery',
  impact: 'Impact',
  procedure: 'Procedure',
  communication: 'Communication',
  teamwork: 'Teamwork',
}

/** Exercise milliseconds for people: `45 s`, `12 min 30 s`, `1 h 5 min`. */
export function duration(ms: number): string {
  const s = Math.round(Math.abs(ms) / 1000)
  const sign = ms < 0 && s > 0 ? '−' : ''
  const [h, m, rest] = [Math.floor(s / 3600), Math.floor((s % 3600) / 60), s % 60]
  if (h > 0) return `${sign}${h} h ${m} min`
  if (m > 0) return `${sign}${m} min${rest > 0 ? ` ${rest} s` : ''}`
  return `${sign}${rest} s`
}

/** A share as per cent with as many digits as it deserves: `0.04 %`, `3.2 %`, `140 %`. */
export function percent(share: number): string {
  const p = share * 100
  const digits = p === 0 || Math.abs(p) >= 10 ? 0 : Math.abs(p) >= 1 ? 1 : 2
  return `${p.toFixed(digits)} %`
}

/** Points without a tail of digits. */
export const points = (p: number): string => String(Math.round(p))
