/** A seed as typed: a whole number of 32 bits, nothing (undefined), or `'wrong'`. */
export function readSeed(typed: string): number | undefined | 'wrong' {
  const text = typed.trim()
  if (text === '') return undefined
  if (!/^\d{1,10}$/.test(text)) return 'wrong'
  const number = Number(text)
  return number <= 0xffff_ffff ? number : 'wrong'
}
