import { join, relative } from 'node:path'
import { styleText } from 'node:util'
import { readFolder } from '../scenario/readFolder.ts'
import { compileScenario } from '../sim/scenario/compile.ts'
import type { Finding } from '../sim/scenario/scenario.ts'
import type { CliCommand, Shell } from './command.ts'
import { findScenarios } from './findScenarios.ts'

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** Everything found in a scenario's folder. */
async function findingsIn(folder: string): Promise<readonly Finding[]> {
  const read = await readFolder(folder)
  if (!read.ok) return read.findings
  const compiled = compileScenario(read.source, '')
  return compiled.ok ? compiled.warnings : compiled.findings
}

function line({ file, line: at, column, severity, message, wayOut }: Finding, { colours }: Shell): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    colours ? styleText(format, text) : text
  const place = paint('bold', `${file}:${at}:${column}`)
  return `${place} ${paint(severity === 'error' ? 'red' : 'yellow', severity)} ${message}\n    ${paint('dim', wayOut)}\n`
}

/** `rfr lint`: what is wrong with scenarios, where, and what to do about it. */
export const lint: CliCommand = (program, shell) => {
  program
    .command('lint')
    .summary('check scenarios: form, names, references, expressions, playbooks')
    .description(
      'Checks scenarios as the server does before it offers them: the form of scenario.yaml, every name and reference, every expression, the incident chart and the playbooks. Each finding has its file, line and column, and a way out.',
    )
    .argument(
      '[folders...]',
      'scenarios, or folders of scenarios (default: this folder if it is one, else ./scenarios)',
    )
    .option('--strict', 'end with 1 on warnings, too')
    .option('--json', 'print the findings as JSON, for other programs')
    .addHelpText(
      'after',
      '\nExamples:\n  rfr lint\n  rfr lint my-scenarios/slow-search\n  rfr lint --json scenarios > findings.json\n\nEnds with 0 when nothing is wrong, with 1 when there are errors, with 2 when there is nothing to check.',
    )
    .action(async (typed: readonly string[], options: { strict?: boolean; json?: boolean }) => {
      const { folders, missing } = findScenarios(typed, shell.cwd)
      if (missing.length > 0) {
        for (const one of missing) shell.out(`There is no scenario in ${one}: it needs a scenario.yaml.\n`)
        shell.exit(2)
        return
      }
      const all: Finding[] = []
      for (const folder of folders) {
        const found = await findingsIn(folder)
        all.push(...found.map((f) => ({ ...f, file: relative(shell.cwd, join(folder, f.file)) })))
      }
      const errors = all.filter((f) => f.severity === 'error').length
      const warnings = all.length - errors
      if (options.json) shell.out(`${JSON.stringify(all, null, 2)}\n`)
      else {
        for (const finding of all) shell.out(line(finding, shell))
        shell.out(
          `${all.length > 0 ? '\n' : ''}${count(folders.length, 'scenario')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}.\n`,
        )
      }
      if (errors > 0 || (options.strict && warnings > 0)) shell.exit(1)
    })
}
