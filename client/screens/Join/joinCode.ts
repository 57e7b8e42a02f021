/** Symbols of a join code. */
export const CODE_LENGTH = 8

/** What was typed, as the code it means: upper case, without hyphens, spaces or anything after the eighth symbol. */
export const readCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, CODE_LENGTH)

/** As people read it: four and four. */
export function showCode(code: string): string {
  const plain = readCode(code)
  return plain.length > 4 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : plain
}
