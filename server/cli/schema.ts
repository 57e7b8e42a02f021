import { z } from 'zod'
import { chartConfigWith } from '../sim/scenario/chartSchema.ts'
import { ScenarioSpec, StateMeta } from '../sim/scenario/schema.ts'
import type { CliCommand } from './command.ts'

/** The scenario format as JSON Schema (draft 7), for editors: what an author writes, with every description and range. */
export function scenarioJsonSchema(): object {
  // The chart is read by rules of its own; for an editor it is one document.
  const incident = ScenarioSpec.shape.incident.extend({ chart: chartConfigWith(StateMeta) })
  const schema = z.toJSONSchema(ScenarioSpec.extend({ incident }), {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    reused: 'ref',
  })
  return { ...schema, title: 'Roll for Recovery scenario' }
}

/** `rfr schema`: the format of scenario.yaml for editors. */
export const schema: CliCommand = (program, shell) => {
  program
    .command('schema')
    .summary('print the JSON Schema of scenario.yaml, for completion in your editor')
    .description(
      'Prints the format of scenario.yaml as JSON Schema. Editors with a YAML language server complete and explain every key with it.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  rfr schema > scenario.schema.json\nand as the first line of scenario.yaml:\n  # yaml-language-server: $schema=../scenario.schema.json',
    )
    .action(() => {
      shell.out(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
    })
}
