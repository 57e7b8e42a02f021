import { FAULTS } from '../sim/mechanics/faults/catalogue.ts'
import type { Fault, TargetKind } from '../sim/mechanics/faults/fault.ts'
import { amountText } from '../sim/mechanics/faults/words.ts'
import type { CliCommand } from './command.ts'

const ON: Readonly<Record<TargetKind, string>> = {
  component: 'components',
  part: 'parts of them',
  call: 'calls',
  traffic: 'traffic',
  zone: 'zones',
}
const KINDS: Readonly<Record<string, string>> = {
  cache: 'caches',
  database: 'databases',
  queue: 'queues',
  'object-store': 'object stores',
  job: 'jobs',
}
const kindsOf = (fault: Fault) => fault.kinds?.map((k) => KINDS[k] ?? k) ?? fault.on.map((k) => ON[k])
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function amountOf({ amount, changes }: Fault): string {
  if (amount)
    return `${amountText(amount.min, amount.unit)} to ${amountText(amount.max, amount.unit)}, at first ${amountText(amount.default, amount.unit)}`
  return changes.length === 0 ? 'done once' : ''
}

/** The page of faults in Markdown: how a game master does them, and every one there is. */
export function faultsPage(): string {
  return [
    '# Chaos by hand',
    'This page is printed by `npm run rfr -- faults`; a test keeps it true.',
    'A scenario fails by its script. The **Chaos** tab of the game master’s console does whatever else production does, in every scenario, while the clock runs or stands:',
    [
      '- **Faults**: choose something of the system (from the list, or under **Map** with **Break it…**), what happens to it, how much, for how long (until you end it, or two, five, ten exercise minutes), and whether it comes on at once or slowly. **Running** shows what you keep up, the time it has left, and the button that ends it.',
      '- **Parameters**: search every number of the system by its name, its component or what it does. You see what it is now, what the scenario says, its default and its range, and what it would become before you change it. Values are written as in scenarios: `40ms`, `900/s`, `2GiB`, `40%`; a factor is a plain number. [parameters.md](parameters.md) describes them all.',
      '- **In effect**: everything that bears on the system now, and where it comes from: the incident, an action, an inject, your hand.',
    ].join('\n'),
    'Faults are influences laid over the system, never written into it: several compose, each takes back only its own part, and ending one is an act of its own in the log, not a way back in time. What it did in the meantime stays to be dealt with: a queue, a cold cache, killed instances that start again. Only what is **done once** cannot be ended.',
    'Players see none of it but its consequences. Your own timeline and the after-action report list every fault with its beginning and end, among the interventions. While a fault runs, the incident counts as unresolved; once none does, it is resolved when the script’s cause is gone and the objectives have held. One that starts after that makes it unresolved again. A parameter set by hand counts likewise unless you say that it does not (a help for the table, for instance).',
    '## Faults',
    [
      row(['Fault', 'For', 'How much', 'What happens']),
      '| --- | --- | --- | --- |',
      ...Object.values(FAULTS).map((f) => row([f.title, kindsOf(f).join(', '), amountOf(f), f.describe])),
    ].join('\n'),
    '',
  ].join('\n\n')
}

/** `rfr faults`: everything a game master can do to the simulated system by hand. */
export const faults: CliCommand = (program, shell) => {
  program
    .command('faults')
    .summary('print every fault that a game master can start by hand')
    .description('Prints docs/chaos.md: how faults are started by hand, and every one there is.')
    .action(() => {
      shell.out(faultsPage())
    })
}
