import { type SimMs, simMs, type WallMs } from '../../../shared/ids.ts'
import type { ExerciseRecord } from '../../../shared/record.ts'
import type { TimedFact } from '../input.ts'
import { factsOf } from './log.ts'

export type Marks = ExerciseRecord['marks']
type Mark = Marks['detected']

const earliest = (...marks: readonly Mark[]) =>
  marks.reduce((a, b) => (a === null || (b !== null && b.at < a.at) ? b : a), null)

/**
 * The notifications that reached on-call, in order. One that was lost on its way told nobody anything. Logs from before
 * notifications were facts have none: there a firing alert was seen at once.
 */
function heard(facts: readonly TimedFact[]) {
  const known = factsOf(facts, 'alerts.notified', 'alerts.lost').length > 0
  return known ? factsOf(facts, 'alerts.notified') : factsOf(facts, 'alerts.fired')
}

/** When the first page reached on-call. */
export function firstPage(facts: readonly TimedFact[]): SimMs | null {
  return heard(facts).find((f) => f.fact.severity === 'page')?.at ?? null
}

/**
 * The timestamps of an exercise, from its facts. Impact facts are stated after the indicator has stayed out for 60 s
 * or back for 120 s and carry `since`, the moment itself: that is the mark. Mitigated is the end of the last impact,
 * null while any objective is still hurt; resolved is null again when the cause came back.
 */
export function marksOf(facts: readonly TimedFact[], wallOf: (at: SimMs, late: WallMs) => WallMs): Marks {
  const mark = (timed: { at: SimMs; wall: WallMs } | undefined): Mark =>
    timed ? { at: timed.at, wall: timed.wall } : null
  const since = (timed: { wall: WallMs; fact: { since: SimMs } } | undefined): Mark =>
    timed ? { at: timed.fact.since, wall: wallOf(timed.fact.since, timed.wall) } : null

  const impacts = factsOf(facts, 'objectives.impact-started', 'objectives.impact-ended')
  const started = impacts.filter((f) => f.fact.type === 'objectives.impact-started')
  const ended = impacts.filter((f) => f.fact.type === 'objectives.impact-ended')
  // The newest word on each objective tells whether it is still hurt.
  const lasting = new Map(impacts.map((f) => [f.fact.slo, f.fact.type === 'objectives.impact-started']))
  const over = [...lasting.values()].every((hurt) => !hurt)
  const end = over
    ? ended.reduce<Mark>((last, f) => (last && last.at >= f.fact.since ? last : since(f)), null)
    : null

  const pages = new Set(
    factsOf(facts, 'alerts.fired').flatMap((f) => (f.fact.severity === 'page' ? f.fact.alert : [])),
  )
  const alert = mark(heard(facts)[0])
  // Whoever acknowledges an alert that no notification told of has found it by looking.
  const taken = mark(factsOf(facts, 'alerts.acknowledged')[0])
  const declared = mark(factsOf(facts, 'response.declared')[0])
  const resolved = factsOf(facts, 'incident.resolved', 'incident.cause-appeared').at(-1)

  return {
    impactStart: started.reduce<Mark>((first, f) => earliest(first, since(f)), null),
    impactEnd: end,
    detected: earliest(alert, taken, declared),
    acknowledged: mark(factsOf(facts, 'alerts.acknowledged').find((f) => pages.has(f.fact.alert))),
    declared,
    firstRight: mark(factsOf(facts, 'mitigations.started').find((f) => f.fact.class === 'right')),
    mitigated: end,
    resolved: resolved?.fact.type === 'incident.resolved' ? mark(resolved) : null,
  }
}

/** Exercise ms from the start of impact to a mark; null when either never came. What came before the impact took no time. */
export function fromImpact(marks: Marks, mark: keyof Marks): number | null {
  const from = marks.impactStart
  const to = marks[mark]
  return from && to ? simMs(Math.max(0, to.at - from.at)) : null
}
