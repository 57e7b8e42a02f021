import { z } from 'zod'

// Control characters but line feed and tab, and the marks that reorder text on screen, have no place in what people type.
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g

/** Text a person typed: cleaned of control characters, trimmed, 1 to `max` characters. */
export const typed = (max: number) =>
  z
    .string()
    .max(max * 2)
    .transform((s) => s.replace(UNWANTED, '').trim())
    .pipe(z.string().min(1, 'is empty').max(max, `is longer than ${max} characters`))
/** The same, but may be left empty. */
export const typedOrEmpty = (max: number) =>
  z
    .string()
    .max(max * 2)
    .transform((s) => s.replace(UNWANTED, '').trim())
    .pipe(z.string().max(max, `is longer than ${max} characters`))
/** One line: no line breaks either. */
export const line = (max: number) =>
  z
    .string()
    .max(max * 2)
    .transform((s) => s.replace(UNWANTED, '').replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'is empty').max(max, `is longer than ${max} characters`))
