import type { FactOf } from '../../../shared/contracts/index.ts'
import type { Names, Sentence } from './sentences.ts'
import { duration } from './words.ts'

const alert = (text: string, visibility: Sentence['visibility'] = 'all'): Sentence => ({
  kind: 'alert',
  text,
  visibility,
})
const TOLD = { page: 'On-call is paged', ticket: 'A ticket is opened', info: 'For information' } as const

/**
 * What a fact of alerting leaves in the timeline. People read of an alert when a notification reaches them; that a rule fired, what
 * held its notification back and what was lost on the way is for the debrief.
 */
export function alertSentence(fact: FactOf<'alerts'>, names: Names): Sentence {
  switch (fact.type) {
    case 'alerts.fired':
      return alert(`Alert fires (${fact.severity}): ${fact.title}`, 'debrief')
    case 'alerts.resolved':
      return alert(`Alert is over: ${fact.title}`, fact.told === false ? 'debrief' : 'all')
    case 'alerts.acknowledged':
      return alert(`${names.seat(fact.seat)} acknowledges: ${fact.title}`)
    case 'alerts.notified': {
      const many = fact.titles.length > 1 ? ` (${fact.titles.length} alerts: ${fact.titles.join('; ')})` : ''
      const again =
        fact.count > 1 && fact.severity === 'page'
          ? ` Notice ${fact.count}: nobody has acknowledged it for ${duration(fact.after)}; it goes on to the next person on call.`
          : ''
      return alert(`${TOLD[fact.severity]}: ${fact.title}${many}${again === '' ? '' : `.${again}`}`)
    }
    case 'alerts.lost':
      return alert(`A notification does not arrive: ${fact.title}`, 'debrief')
    case 'alerts.inhibited':
      return alert(`Alert stays quiet while “${fact.by}” fires: ${fact.title}`, 'debrief')
    case 'alerts.flapping':
      return alert(`Alert comes and goes: ${fact.title}. It is told once.`, 'debrief')
    case 'alerts.silenced':
      return alert(
        `${names.seat(fact.seat)} silences “${fact.title}” until ${clock(fact.until)}. Reason: ${fact.reason}`,
      )
    case 'alerts.unsilenced':
      return alert(
        fact.seat === null
          ? `The silence of “${fact.title}” is over.`
          : `${names.seat(fact.seat)} ends the silence of “${fact.title}”.`,
      )
  }
}

const two = (n: number) => String(n).padStart(2, '0')
const clock = (ms: number) =>
  [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((n) => two(Math.floor(n))).join(':')
