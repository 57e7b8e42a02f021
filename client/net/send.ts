import type { Command } from '../../shared/contracts/index.ts'
import type { Answer } from '../../shared/frames.ts'
import { REFUSALS } from '../../shared/refusals.ts'
import { tableStore } from '../store/table.ts'
import { toast } from '../ui/toasts.ts'
import { createOutbox } from './outbox.ts'

/** Commands of this page on their way; opened and shut by the connection. */
export const outbox = createOutbox()

/**
 * Asks the server to do something, once, and resolves with its answer, over reconnects too. A refusal is shown as a
 * notice unless `quiet`; so is that one is offline and the command waits.
 */
export async function send(command: Command, { quiet = false }: { quiet?: boolean } = {}): Promise<Answer> {
  if (!quiet && tableStore.getState().status !== 'live') toast(REFUSALS.offline, 'warning')
  const answer = await outbox.send(command)
  if (!answer.ok && !quiet) {
    toast(
      answer.errorId === undefined ? REFUSALS[answer.code] : `${REFUSALS[answer.code]} (${answer.errorId})`,
    )
  }
  return answer
}
