/**
 * Runs a parser on what a stranger sent; undefined when it throws. Schemas promise not to, but zod 4 compares the `length` of
 * things it has not refused yet, and a hostile object can make that throw.
 */
export function survives<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}
