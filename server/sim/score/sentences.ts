import type { Settings } from '../../../shared/contracts/lifecycle.ts'
import type { Entry } from '../../../shared/contracts/timeline.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { ROLE_INFO } from '../../../shared/roles.ts'
import type { Role } from '../../../shared/roles.ts'
import type { TimedFact } from '../input.ts'
import { alertSentence } from './alertSentences.ts'
import { duration } from './words.ts'

/** How the things that facts mention by id are called, and whether the dice lie open. */
export interface Names {
  readonly dice: Settings['dice']
  seat(id: SeatId): string
  slo(id: string): string
  /** An exercise objective. */
  goal(id: string): string
  /** A state of the incident chart, by its full id. */
  state(id: string): string
  /** Null: the playbook as a whole. */
  step(book: string, step: string | null): string
}

/**
 * Who may read a sentence. `all`: everyone at once. `debrief`: the game master at once, everyone else after play.
 * `gm`: the game master alone while people play; the finished record discloses it.
 */
export type Visibility = 'all' | 'gm' | 'debrief'
export interface Sentence {
  readonly kind: Entry['kind']
  readonly text: string
  readonly visibility: Visibility
}

const RATINGS = {
  P: 'performed without challenges',
  S: 'performed with some challenges',
  M: 'performed with major challenges',
  U: 'unable to be performed',
} as const
const FLAG_WORDS = { wrong: 'wrong', unclear: 'unclear', missing: 'missing something' } as const

const because = (why: string) => (why === '' ? '' : ` Reason: ${why}`)
const quoted = (text: string) => `“${text}”`
const titles = (roles: readonly Role[]) => roles.map((r) => ROLE_INFO[r].title.toLowerCase()).join(', ')
const audienceTitle = { status: 'the status page', stakeholders: 'the stakeholders' } as const
const diceText = (dice: readonly number[]) => (dice.length === 1 ? `a ${dice[0] ?? ''}` : dice.join(' and '))

const sentenceCase = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
/** Named events say why; those that the chart gives itself (`xstate.after…`) are the passing of time. */
const movedBy = (event: string) =>
  event === 'start' ? 'begins' : /^[A-Z][A-Z0-9_]*$/.test(event) ? `moves on ${event}` : 'moves on with time'
/** The states that hold no other active state, by their titles. */
const innermost = (states: readonly string[], names: Names) =>
  states
    .filter((id) => !states.some((other) => other.startsWith(`${id}.`)))
    .map((id) => quoted(names.state(id)))
    .join(', ')

/**
 * The one sentence a fact leaves in the timeline, or null when it leaves none (telemetry totals, private lines and
 * notes, and what another place already shows word by word). Blameless and in the present tense. The number of a
 * roll behind the screen is for the game master; players read of its consequence in the facts that follow it.
 */
export function entryOf(timed: TimedFact, names: Names): Sentence | null {
  const { fact } = timed
  const say = (kind: Entry['kind'], text: string, visibility: Visibility = 'all'): Sentence => ({
    kind,
    text,
    visibility,
  })
  switch (fact.type) {
    case 'lifecycle.opened':
      return say('phase', 'The exercise opens its doors.')
    case 'lifecycle.briefed':
      return say('phase', 'The briefing begins.')
    case 'lifecycle.started':
      return say('phase', 'Play starts.')
    case 'lifecycle.paused':
      return say('phase', 'The clock pauses.')
    case 'lifecycle.resumed':
      return say('phase', 'The clock runs again.')
    case 'lifecycle.speed-changed':
      return say('phase', `The clock now runs at ×${fact.speed}.`)
    case 'lifecycle.stopped':
      return say('phase', `The exercise stops for something real.${because(fact.note)}`)
    case 'lifecycle.finished':
      return say(
        'phase',
        fact.early ? 'Play ends early; the hot wash begins.' : 'Play ends; the hot wash begins.',
      )
    case 'lifecycle.closed':
      return say('phase', 'The exercise is closed.')

    case 'seats.joined':
      return say('phase', `${fact.name} takes a seat: ${titles(fact.roles)}.`)
    case 'seats.checked-in':
      return null
    case 'seats.roles-changed':
      return say('phase', `${names.seat(fact.seat)} now sits as ${titles(fact.roles)}.`)
    case 'seats.renamed':
      return null
    case 'seats.removed':
      return say('phase', `The seat of ${names.seat(fact.seat)} is free again.`)

    case 'incident.moved':
      return say('truth', `The incident ${movedBy(fact.event)}: ${innermost(fact.states, names)}.`, 'debrief')
    case 'incident.cause-appeared':
      return say('truth', 'The cause is present.', 'debrief')
    case 'incident.cause-removed':
      return say('truth', 'The cause is gone.', 'debrief')
    case 'incident.resolved':
      return say('truth', 'Resolved: the cause is gone and the objectives have held.', 'debrief')

    case 'system.changed':
      return say('change', `Change by ${fact.author}: ${fact.title}`)
    case 'system.effect-started':
    case 'system.effect-ended':
      return null
    case 'system.operated':
      return say('truth', `${sentenceCase(fact.operation)} on ${fact.component}.`, 'debrief')

    case 'objectives.impact-started': {
      const text = `${names.slo(fact.slo)} has been outside its objective for ${duration(timed.at - fact.since)}: users feel it.`
      return say('objective', text, 'debrief')
    }
    case 'objectives.impact-ended': {
      const text = `${names.slo(fact.slo)} has been back within its objective for ${duration(timed.at - fact.since)}.`
      return say('objective', text, 'debrief')
    }
    case 'objectives.rated':
      return say(
        'objective',
        `${names.goal(fact.objective)}: ${RATINGS[fact.rating]}.${because(fact.why)}`,
        'debrief',
      )
    case 'objectives.measured':
      return null

    case 'alerts.fired':
    case 'alerts.resolved':
    case 'alerts.acknowledged':
    case 'alerts.notified':
    case 'alerts.lost':
    case 'alerts.inhibited':
    case 'alerts.flapping':
    case 'alerts.silenced':
    case 'alerts.unsilenced':
      return alertSentence(fact, names)

    case 'mitigations.proposed': {
      const cited = fact.cite === null ? '' : ` from ${quoted(names.step(fact.cite.book, fact.cite.step))}`
      return say(
        'mitigation',
        `${names.seat(fact.seat)} proposes ${quoted(fact.title)}${cited}.${because(fact.reason)}`,
      )
    }
    case 'mitigations.approved':
      return fact.seat === null
        ? null
        : say('mitigation', `${names.seat(fact.seat)} approves ${quoted(fact.title)}.`)
    case 'mitigations.declined':
      return say('mitigation', `${names.seat(fact.seat)} declines ${quoted(fact.title)}.${because(fact.why)}`)
    case 'mitigations.withdrawn':
      return say('mitigation', `${names.seat(fact.seat)} takes back ${quoted(fact.title)}.`)
    case 'mitigations.rolled': {
      if (names.dice === 'off' || fact.roll.dice.length === 0) return null
      const result = fact.roll.success ? 'success' : 'not this time'
      const text = `${names.seat(fact.seat)} rolls ${diceText(fact.roll.dice)} for ${quoted(fact.title)}: ${fact.roll.total} against ${fact.odds.dc}, ${result}.`
      return say('mitigation', text, names.dice === 'open' ? 'all' : 'gm')
    }
    case 'mitigations.started':
      return say('mitigation', `${names.seat(fact.seat)} starts ${quoted(fact.title)}.`)
    case 'mitigations.done':
      return say(
        'mitigation',
        `${quoted(fact.title)} is done.${fact.reveals === '' ? '' : ` It shows: ${fact.reveals}`}`,
      )
    case 'mitigations.failed':
      return say('mitigation', `${quoted(fact.title)} does not succeed.`)
    case 'mitigations.reverted':
      return say('mitigation', `${names.seat(fact.seat)} takes ${quoted(fact.title)} back out.`)

    case 'playbooks.opened':
      return say(
        'playbook',
        `${names.seat(fact.seat)} opens ${quoted(names.step(fact.book, fact.step))}.`,
        'debrief',
      )
    case 'playbooks.flagged':
      return say(
        'playbook',
        `${names.seat(fact.seat)} flags ${quoted(names.step(fact.book, fact.step))} as ${FLAG_WORDS[fact.flag]}: ${fact.why}`,
      )

    case 'injects.due':
      return say('inject', `Inject is due: ${fact.title}`, 'debrief')
    case 'injects.delivered':
      // Players read who says what; the authors' title could give away why.
      return say('inject', `${fact.from}: ${fact.text}`, fact.to === 'all' ? 'all' : 'debrief')
    case 'injects.held':
      return say('inject', `Inject is held: ${fact.title}`, 'debrief')
    case 'injects.released':
      return say('inject', `Inject is released: ${fact.title}`, 'debrief')
    case 'injects.skipped':
      return say('inject', `Inject is skipped: ${fact.title}`, 'debrief')

    case 'faults.started':
      return say('truth', `${fact.fault === null ? 'Set by hand' : 'Fault'}: ${fact.title}.`, 'debrief')
    case 'faults.ended':
      return say('truth', `${fact.byHand ? 'Taken back' : 'Over'}: ${fact.title}.`, 'debrief')

    case 'hints.given':
      return say('inject', `Hint ${fact.number}: ${fact.text}`)

    case 'comms.said':
    case 'comms.whispered':
      return null
    case 'comms.updated':
      return say('comms', `${names.seat(fact.seat)} tells ${audienceTitle[fact.audience]}: ${fact.text}`)

    case 'response.declared':
      return say('incident', `${names.seat(fact.seat)} declares ${fact.severity}: ${fact.title}`)
    case 'response.severity-changed':
      return say(
        'incident',
        `${names.seat(fact.seat)} changes the incident to ${fact.severity}: ${fact.title}`,
      )
    case 'response.stood-down':
      return say('incident', `${names.seat(fact.seat)} calls the incident over.`)

    case 'notes.written':
      return null

    case 'hotwash.written':
    case 'hotwash.erased':
    case 'hotwash.action-erased':
      return null
    case 'hotwash.action-added':
      return say('note', `Action for ${fact.owner}, due ${fact.due}: ${fact.text}`)

    case 'timeline.added':
      return say('note', fact.text)
  }
}
