import { createHash } from 'node:crypto'
import type { ScenarioSource } from '../sim/scenario/scenario.ts'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** SHA-256 (hex) of a scenario's files in the order of their names: the same content gives the same hash everywhere. */
export function hashSource({ files }: ScenarioSource): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return sha256(JSON.stringify(sorted))
}

/** What people see of a scenario's name: says nothing, and stays the same when the scenario is edited, so that links keep working. */
export const publicIdOf = (slug: string): string => `sc_${sha256(`scenario ${slug}`).slice(0, 12)}`
