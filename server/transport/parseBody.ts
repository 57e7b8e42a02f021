import type { z } from 'zod'
import { survives } from './hostile.ts'

/** A request's body by its contract, or the place where it is wrong. Echoes nothing of the input. */
export function parseBody<S extends z.ZodType>(
  schema: S,
  body: unknown,
): { readonly ok: true; readonly data: z.infer<S> } | { readonly ok: false; readonly where: string } {
  const parsed = survives(() => schema.safeParse(body))
  if (parsed?.success) return { ok: true, data: parsed.data }
  return { ok: false, where: parsed?.error.issues[0]?.path.join('.').slice(0, 80) ?? '' }
}
