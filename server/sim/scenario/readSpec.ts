import type { Findings } from './places.ts'
import { lintForm } from './lintForm.ts'
import { ScenarioSpec } from './schema.ts'
import type { YamlText } from './yamlText.ts'

const ROUNDS = 3

/** A copy of a plain value without the parts at some paths. */
function without(value: unknown, paths: readonly (readonly PropertyKey[])[]): unknown {
  const copy = structuredClone(value)
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce<unknown>(
      // Plain data: whatever is indexed here came from YAML or is undefined.
      (part, step) => (part as Record<PropertyKey, unknown> | undefined)?.[step],
      copy,
    )
    const key = path.at(-1)
    // Only keys of mappings: taking an element out of a list would move all others away from their places.
    if (typeof parent === 'object' && parent !== null && !Array.isArray(parent) && key !== undefined)
      delete (parent as Record<PropertyKey, unknown>)[key]
  }
  return copy
}

/**
 * Parses a scenario's YAML and says everything wrong with its form. Where what is wrong can be left out (an unknown key, an
 * optional field), the rest is given all the same, so that an author sees the other mistakes at once; `whole` says whether
 * nothing was left out.
 */
export function readSpec(
  yaml: YamlText,
  findings: Findings,
): { readonly spec: ScenarioSpec; readonly whole: boolean } | undefined {
  let value = yaml.value
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = ScenarioSpec.safeParse(value)
    if (parsed.success) return { spec: parsed.data, whole: round === 0 }
    // What a leftover hole makes wrong is no mistake of the author's.
    if (round === 0) {
      const paths = lintForm(parsed.error.issues, {
        schema: ScenarioSpec,
        value,
        place: yaml.place,
        findings,
      })
      value = without(value, paths)
    } else if (round + 1 < ROUNDS) {
      value = without(
        value,
        parsed.error.issues.map((i) => i.path),
      )
    }
  }
  return undefined
}
