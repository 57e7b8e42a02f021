import type { Input, TimedFact } from '../sim/input.ts'
import { type Exporter, filenameOf } from './exporter.ts'

/** Raised when a reader of older exports would misread a newer one. */
export const EXPORT_FORMAT = 1
/** Stands where a private line or note stood. */
export const WITHHELD = '(private)'

// Everyone at the table may take the file along: the door's code would let anybody in, and what two people said
// in private or a game master noted about others was never meant for the rest.
function discreetInput(input: Input): Input {
  if (input.type === 'open') return { ...input, joinCode: '' }
  if (input.type !== 'command') return input
  const { command } = input
  const secret = command.type === 'comms.whisper' || command.type === 'notes.write'
  return secret ? { ...input, command: { ...command, text: WITHHELD } } : input
}
function discreetFact(timed: TimedFact): TimedFact {
  const { fact } = timed
  const secret = fact.type === 'comms.whispered' || fact.type === 'notes.written'
  return secret ? { ...timed, fact: { ...fact, text: WITHHELD } } : timed
}

/** The record and the whole log it came from, but for the join code and the words of private lines and notes. */
export const json: Exporter = {
  contentType: 'application/json; charset=utf-8',
  filename: (record) => filenameOf(record, 'json'),
  write(record, entries) {
    const log = entries.map(({ n, input, facts }) => ({
      n,
      input: discreetInput(input),
      facts: facts.map(discreetFact),
    }))
    return `${JSON.stringify({ format: EXPORT_FORMAT, record, log }, null, 2)}\n`
  },
}
