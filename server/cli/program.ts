import { Command } from 'commander'
import type { CliCommand, Shell } from './command.ts'
import { faults } from './faults.ts'
import { lint } from './lint.ts'
import { parameters } from './parameters.ts'
import { schema } from './schema.ts'

/** Every command of `rfr`, in the order of its help. */
const COMMANDS: readonly CliCommand[] = [lint, schema, parameters, faults]

/** The program `rfr` with all its commands, talking to this shell. */
export function createProgram(shell: Shell): Command {
  const program = new Command('rfr')
    .description('Roll for Recovery: tools for people who write scenarios.')
    .configureOutput({ writeOut: (text) => shell.out(text), writeErr: (text) => shell.out(text) })
    .showHelpAfterError('(rfr --help lists what there is)')
    .showSuggestionAfterError()
  for (const add of COMMANDS) add(program, shell)
  return program
}
