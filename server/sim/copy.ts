/**
 * A deep copy of plain JSON. `step` copies a World once and then works on the copy in private;
 * what is known to be immutable (samples) is passed on as it is by the caller.
 */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) {
    const out: unknown[] = Array.from({ length: value.length })
    for (let i = 0; i < value.length; i++) out[i] = copy(value[i])
    // An array of copies of T's items is a T.
    return out as T
  }
  if (typeof value === 'object' && value !== null) {
    const out: Record<string, unknown> = {}
    for (const key of Object.keys(value)) out[key] = copy((value as Record<string, unknown>)[key])
    return out as T
  }
  return value
}
