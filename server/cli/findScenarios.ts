import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const isScenario = (folder: string) => existsSync(join(folder, 'scenario.yaml'))

/**
 * The scenario folders meant by what was typed: a scenario itself (or its scenario.yaml), or a folder of scenarios. With nothing typed: this folder
 * if it is a scenario, else ./scenarios. `missing` are those that are neither.
 */
export function findScenarios(
  typed: readonly string[],
  cwd: string,
): { readonly folders: string[]; readonly missing: string[] } {
  const wanted = typed.length > 0 ? typed : [isScenario(cwd) ? '.' : 'scenarios']
  const folders: string[] = []
  const missing: string[] = []
  for (const one of wanted) {
    const path = resolve(cwd, one.replace(/[/\\]scenario\.yaml$/, ''))
    if (!existsSync(path) || !statSync(path).isDirectory()) {
      missing.push(one)
      continue
    }
    if (isScenario(path)) {
      folders.push(path)
      continue
    }
    const inside = readdirSync(path, { withFileTypes: true }).flatMap((e) =>
      e.isDirectory() ? [join(path, e.name)] : [],
    )
    const found = inside.filter(isScenario).sort()
    if (found.length > 0) folders.push(...found)
    else missing.push(one)
  }
  return { folders: [...new Set(folders)], missing }
}
