import type { Answer } from '../../shared/frames.ts'

const REFUSALS_KEPT = 500

/** What was answered to which command, so that asking twice is asking once. Accepted ones are never forgotten. */
export function createAnswers(accepted: Iterable<string> = []) {
  const yes = new Set(accepted)
  const no = new Map<string, Answer>()
  return {
    get: (key: string): Answer | undefined => (yes.has(key) ? { ok: true } : no.get(key)),
    keep(key: string, answer: Answer) {
      if (answer.ok) {
        yes.add(key)
        return
      }
      // Trouble on our side is worth another try under the same id.
      if (answer.code === 'not-stored' || answer.code === 'too-fast') return
      no.set(key, answer)
      const oldest = no.size > REFUSALS_KEPT ? no.keys().next().value : undefined
      if (oldest !== undefined) no.delete(oldest)
    },
  }
}
