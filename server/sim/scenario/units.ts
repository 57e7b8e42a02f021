import { z } from 'zod'
import { parseQuantity, QUANTITIES, type Quantity, tidy, WRITTEN } from '../../../shared/quantities.ts'

export { parseQuantity, QUANTITIES, type Quantity, WRITTEN }

/** A schema for one quantity; `factor` turns base numbers into what the caller keeps, the range is in base numbers. */
export const quantitySchema = (
  q: Quantity,
  { factor = 1, min, max, name }: { factor?: number; min: number; max: number; name: string },
) =>
  z
    .union([z.string().max(40), z.number(), z.boolean()])
    .transform((value, ctx) => {
      const parsed = parseQuantity(typeof value === 'boolean' ? String(value) : value, q)
      if (parsed === undefined) {
        ctx.addIssue({ code: 'custom', message: `${JSON.stringify(value)} is not ${WRITTEN[q]}` })
        return z.NEVER
      }
      if (parsed < min || parsed > max) {
        ctx.addIssue({
          code: 'custom',
          message: `${JSON.stringify(value)} is out of range: ${name} goes from ${min} to ${max}`,
        })
        return z.NEVER
      }
      return tidy(parsed * factor)
    })
    .describe(`${name}: ${WRITTEN[q]}`)

const YEAR = 366 * 86_400
/** A time or a moment of exercise time, in whole milliseconds; may be negative (the past). */
export const Milliseconds = quantitySchema('seconds', {
  factor: 1000,
  min: -YEAR,
  max: YEAR,
  name: 'a time',
}).transform((ms) => Math.round(ms))
/** A duration in seconds, not negative. */
export const Seconds = quantitySchema('seconds', { min: 0, max: YEAR, name: 'a duration' })
/** A rate per second, not negative. */
export const PerSecond = quantitySchema('per_second', { min: 0, max: 1e9, name: 'a rate' })
/** A size in bytes, not negative. */
export const Bytes = quantitySchema('bytes', { min: 0, max: 1e18, name: 'a size' })
/** A throughput in bytes per second, not negative. */
export const BytesPerSecond = quantitySchema('bytes_per_second', { min: 0, max: 1e15, name: 'a throughput' })
/** A share between 0 and 1. */
export const Ratio = quantitySchema('ratio', { min: 0, max: 1, name: 'a share' })
