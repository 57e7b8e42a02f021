import type { Influence } from '../../../shared/contracts/faults.ts'
import { valueUnder, withOne } from '../../../shared/influence.ts'
import { parseQuantity } from '../../../shared/quantities.ts'
import type { Parameter } from '../../store/parameters.ts'

/** How the value of an influence is written, for the placeholder of its field. */
export const EXAMPLES: Readonly<Record<Parameter['quantity'], string>> = {
  seconds: '40ms',
  per_second: '900/s',
  bytes: '2GiB',
  bytes_per_second: '20MiB/s',
  ratio: '40%',
  count: '12',
  number: '1.5',
  flag: 'on',
}

/** What the parameter would become with one more influence on it, as the server composes them; null while it cannot be read. */
export function previewOf(p: Parameter, op: Influence['op'], text: string): number | null {
  const written = text.trim().replace(/^[×x*]\s*/, '')
  if (written === '') return null
  const value = parseQuantity(written, op === 'scale' ? 'ratio' : p.quantity)
  return value === undefined ? null : valueUnder(withOne(p, op, value))
}
