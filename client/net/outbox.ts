import type { Command } from '../../shared/contracts/index.ts'
import type { Answer } from '../../shared/frames.ts'

/** Sends one envelope. `answer` is called at most once: with null when no answer came in time or the line broke. */
export type Transmit = (
  envelope: { id: string; command: Command },
  answer: (answer: Answer | null) => void,
) => void

export interface Outbox {
  /** Resolves with the server's answer, however often the line breaks in between. */
  readonly send: (command: Command) => Promise<Answer>
  /** The line is up: everything unanswered goes out (again), under the same ids. */
  readonly open: (transmit: Transmit) => void
  /** The line is down: what is sent now waits. */
  readonly shut: () => void
  /** Another seat: what waits was not meant for it and is answered `offline`. */
  readonly discard: () => void
  readonly waiting: () => number
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** A command's id. Not a secret, only unlikely to come twice; `crypto.randomUUID` is missing on plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => ALPHABET[b % ALPHABET.length]).join('')
}

/** Commands on their way. The server does a command id once, so that sending it twice is safe. */
export function createOutbox({ id = newId }: { id?: () => string } = {}): Outbox {
  const waiting = new Map<string, { command: Command; resolve: (answer: Answer) => void }>()
  let transmit: Transmit | null = null

  const attempt = (key: string) => {
    const letter = waiting.get(key)
    const via = transmit
    if (!letter || !via) return
    via({ id: key, command: letter.command }, (answer) => {
      if (answer && waiting.delete(key)) letter.resolve(answer)
      // No answer although the line still stands: ask again. After a break `open` does.
      else if (!answer && transmit === via) attempt(key)
    })
  }
  return {
    send: (command) =>
      new Promise((resolve) => {
        const key = id()
        waiting.set(key, { command, resolve })
        attempt(key)
      }),
    open: (via) => {
      transmit = via
      for (const key of waiting.keys()) attempt(key)
    },
    shut: () => {
      transmit = null
    },
    discard: () => {
      for (const { resolve } of waiting.values()) resolve({ ok: false, code: 'offline' })
      waiting.clear()
    },
    waiting: () => waiting.size,
  }
}
