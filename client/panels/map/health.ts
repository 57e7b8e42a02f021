import type { ViewOf } from '../../../shared/contracts/index.ts'
import { number } from '../../ui/format.ts'

export type Health = 'good' | 'warning' | 'bad' | 'unknown'
type Component = ViewOf<'system'>['components'][number]

export const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  good: 'healthy',
  warning: 'strained',
  bad: 'in trouble',
  unknown: 'unknown',
}

/** The health metric in words: 0 good, 1 warning, 2 bad, anything else unknown. */
export function healthOf(value: number | null | undefined): Health {
  if (value === 0) return 'good'
  if (value === 1) return 'warning'
  if (value === 2) return 'bad'
  return 'unknown'
}

/** The four numbers that stand on a component, by what they are for; null where there is no data. */
export interface Vitals {
  readonly health: Health
  readonly rps: number | null
  readonly errorRatio: number | null
  readonly p95: number | null
}

/** Reads a component's vitals through a look-up of newest values by metric name. */
export function vitalsOf(
  component: Component,
  latest: (metric: string) => number | null | undefined,
): Vitals {
  const read = (name: string) => latest(`${component.metrics}.${name}`) ?? null
  return {
    health: healthOf(read('health')),
    rps: read('rps'),
    errorRatio: read('error_ratio'),
    p95: read('latency_p95'),
  }
}

/** A share of errors in a few characters: traces read as less than a hundredth of a percent. */
export const errorsInWords = (ratio: number | null): string =>
  ratio === null ? '—' : ratio > 0 && ratio < 0.0001 ? '<0.01 %' : number(ratio, 'ratio')

/** The same where there is room for few characters: traces read as none. */
export const errorsBriefly = (ratio: number): string => number(ratio < 0.0001 ? 0 : ratio, 'ratio')

/** The component as a sentence, for those who do not see the picture. */
export function inWords(title: string, health: Health): string {
  return `${title}: ${HEALTH_WORDS[health]}`
}
