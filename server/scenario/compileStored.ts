import { compileScenario } from '../sim/scenario/compile.ts'
import type { Scenario } from '../sim/scenario/scenario.ts'

/** A scenario from the source a log keeps. Throws, with the first finding, when this version cannot read it any more. */
export function compileStored(source: Readonly<Record<string, string>>, hash: string): Scenario {
  const compiled = compileScenario({ files: source }, hash)
  if (compiled.ok) return compiled.scenario
  const [first] = compiled.findings.filter((f) => f.severity === 'error')
  throw new Error(
    first ? `${first.file}:${first.line}:${first.column} ${first.message}` : 'the scenario cannot be read',
  )
}
