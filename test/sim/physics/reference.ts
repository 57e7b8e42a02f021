import { readFileSync } from 'node:fs'

/** A table of reference figures beside the tests, row by row with its columns by name. */
export function table(name: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../../reference/${name}.csv`, import.meta.url), 'utf8')
  const [head = '', ...rows] = text.trim().split('\n')
  const names = head.split(',')
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i] ?? '', cell])))
}
