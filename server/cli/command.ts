import type { Command } from 'commander'

/** What a command talks to. Real in `rfr`, collected in tests. */
export interface Shell {
  readonly cwd: string
  /** Whether people look at it, in a terminal that shows colours. */
  readonly colours: boolean
  out(text: string): void
  /** With what the program ends when the command is done; 0 unless said otherwise. */
  exit(code: number): void
}

/** One command of `rfr`: adds itself to the program. */
export type CliCommand = (program: Command, shell: Shell) => void
