import type { Amount, FaultTarget } from '../../../shared/contracts/faults.ts'
import type { Quantity } from '../../../shared/quantities.ts'
import { REFUSALS, type RefusalCode } from '../../../shared/refusals.ts'
import { number } from '../../ui/format.ts'

/** A value of a parameter with its unit; what stands for no limit says so. */
export function quantityWords(value: number, quantity: Quantity): string {
  switch (quantity) {
    case 'seconds':
      return number(value, 's')
    case 'per_second':
      return value >= 1e9 ? 'no limit' : number(value, 'per_s')
    case 'bytes':
      return number(value, 'bytes')
    case 'bytes_per_second':
      return `${number(value, 'bytes')}/s`
    case 'ratio':
      return number(value, 'ratio')
    case 'count':
      return value >= 1e9 ? 'no limit' : number(value, 'count')
    case 'number':
      return number(value, '1')
    case 'flag':
      return value >= 0.5 ? 'on' : 'off'
  }
}

/** A chosen amount in its unit: `40 %`, `×5`, `200 ms`, `3`. */
export function amountWords(value: number, unit: Amount['unit']): string {
  switch (unit) {
    case 'share':
      return number(value, 'ratio')
    case 'times':
      return `×${number(value, '1')}`
    case 'seconds':
      return number(value, 's')
    case 'count':
      return number(value, 'count')
  }
}

/** What a refusal says, with the way out where there is one. */
export const refusalWords = (code: RefusalCode, where: string | undefined): string =>
  where === undefined || where === '' ? REFUSALS[code] : `${REFUSALS[code]} (${where})`

const GROUPS = [
  { kind: 'component', title: 'Components' },
  { kind: 'part', title: 'Parts of components' },
  { kind: 'call', title: 'Calls between them' },
  { kind: 'traffic', title: 'Traffic' },
  { kind: 'zone', title: 'Places' },
] as const

/** Targets under the headings of their kinds, in the order of the system. */
export const groupTargets = (targets: readonly FaultTarget[]) =>
  GROUPS.map((g) => ({ title: g.title, targets: targets.filter((t) => t.kind === g.kind) })).filter(
    (g) => g.targets.length > 0,
  )
