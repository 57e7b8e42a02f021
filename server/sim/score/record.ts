import type { Settings } from '../../../shared/contracts/lifecycle.ts'
import type { ExerciseId } from '../../../shared/ids.ts'
import type { ExerciseRecord, Outcome } from '../../../shared/record.ts'
import type { TimedFact } from '../input.ts'
import type { ScoredScenario } from './scored.ts'
import { interventionsOf } from './interventions.ts'
import { factsOf, type LogEntry, wallAt } from './log.ts'
import { firstPage, marksOf } from './marks.ts'
import { namesOf } from './names.ts'
import { outcomeOf } from './outcome.ts'
import { seatsOf } from './people.ts'
import { playbookUse } from './playbookUse.ts'
import { luckOf, runsOf } from './runs.ts'
import { scoreOf } from './score.ts'
import { entryOf, type Names } from './sentences.ts'
import { teamworkOf } from './teamwork.ts'

/** What the log itself does not say of an exercise. */
export interface RecordMeta {
  readonly exercise: ExerciseId
  readonly name: string
  readonly seed: number
  readonly settings: Settings
  readonly engine: string
}
export interface RecordInputs {
  readonly scenario: ScoredScenario
  readonly meta: RecordMeta
  readonly entries: readonly LogEntry[]
  /** The same scenario and seed with nobody acting, and the best found; null while unknown. */
  readonly outcomes: { readonly idle: Outcome | null; readonly par: Outcome | null }
}

/**
 * The record of a running or finished exercise, from its log alone: the same log gives the same record, always.
 * It holds the truth (classes, the chart's moves, the debrief), so it is for the game master until play is over.
 */
export function computeRecord({ scenario, meta, entries, outcomes }: RecordInputs): ExerciseRecord {
  const { spec } = scenario
  const facts = entries.flatMap((e) => e.facts)
  const seats = seatsOf(facts)
  const marks = marksOf(facts, (at, late) => wallAt(entries, at, late))
  const table = outcomeOf({ label: meta.name, scenario, facts, marks })
  const runs = runsOf(facts, scenario)
  const updates = factsOf(facts, 'comms.updated').map(({ at, fact }) => ({
    audience: fact.audience,
    at,
    seat: fact.seat,
    text: fact.text,
  }))
  const leads = (seat: string) => seats.some((s) => s.id === seat && s.roles.includes('gm'))
  return {
    exercise: meta.exercise,
    name: meta.name,
    engine: meta.engine,
    scenario: {
      id: spec.id,
      title: spec.title,
      codename: spec.codename,
      company: spec.company,
      version: spec.version,
      hash: scenario.hash,
      level: spec.level,
      kind: spec.kind,
    },
    seed: meta.seed,
    settings: meta.settings,
    startedAt: factsOf(facts, 'lifecycle.started')[0]?.wall ?? null,
    endedAt: factsOf(facts, 'lifecycle.finished')[0]?.wall ?? null,
    seats,
    marks,
    outcomes: { table, ...outcomes },
    score: scoreOf({
      scoring: spec.scoring,
      minutes: spec.minutes,
      outcomes: { table, ...outcomes },
      impact: marks.impactStart !== null,
      runs,
      updates,
      firstPage: firstPage(facts),
      teamwork: teamworkOf(facts, seats),
    }),
    timeline: timelineOf(facts, namesOf(scenario, seats, meta.settings.dice)),
    mitigations: [...runs],
    luck: luckOf(facts),
    playbooks: playbookUse({ facts, runs, scenario }),
    injects: injectsOf(facts, scenario),
    updates,
    hints: factsOf(facts, 'hints.given').map(({ at, fact }) => ({ at, text: fact.text })),
    interventions: interventionsOf(entries, leads),
    goals: goalsOf(facts, scenario),
    ...hotwashOf(facts),
    debrief: {
      truth: spec.incident.truth,
      story: spec.debrief.story,
      questions: spec.debrief.questions,
      realCase: spec.debrief.real_case,
      sources: spec.debrief.sources,
    },
  }
}

function timelineOf(facts: readonly TimedFact[], names: Names): ExerciseRecord['timeline'] {
  return facts.flatMap((timed, i) => {
    const sentence = entryOf(timed, names)
    return sentence
      ? {
          id: `line-${i + 1}`,
          at: timed.at,
          wall: timed.wall,
          kind: sentence.kind,
          seat: timed.seat,
          text: sentence.text,
        }
      : []
  })
}

function injectsOf(facts: readonly TimedFact[], scenario: ScoredScenario): ExerciseRecord['injects'] {
  const rows = new Map(
    Object.entries(scenario.spec.injects).map(
      ([id, { title }]): [string, ExerciseRecord['injects'][number]] => [
        id,
        { id, title, state: 'planned', deliveredAt: null },
      ],
    ),
  )
  const moves = factsOf(
    facts,
    'injects.due',
    'injects.held',
    'injects.released',
    'injects.skipped',
    'injects.delivered',
  )
  for (const { at, fact } of moves) {
    const state = fact.type === 'injects.released' ? 'planned' : fact.type.slice('injects.'.length)
    const before = rows.get(fact.inject)
    rows.set(fact.inject, {
      id: fact.inject,
      title: fact.title,
      state,
      deliveredAt: fact.type === 'injects.delivered' ? at : (before?.deliveredAt ?? null),
    })
  }
  return [...rows.values()]
}

function goalsOf(facts: readonly TimedFact[], scenario: ScoredScenario): ExerciseRecord['goals'] {
  const ratings = new Map(factsOf(facts, 'objectives.rated').map(({ fact }) => [fact.objective, fact]))
  return Object.entries(scenario.spec.objectives).map(([id, title]) => {
    const rated = ratings.get(id)
    return { id, title, rating: rated?.rating ?? null, why: rated?.why ?? '' }
  })
}

function hotwashOf(facts: readonly TimedFact[]): Pick<ExerciseRecord, 'hotwash' | 'actions'> {
  const erased = new Set(factsOf(facts, 'hotwash.erased').map((f) => f.fact.card))
  const dropped = new Set(factsOf(facts, 'hotwash.action-erased').map((f) => f.fact.action))
  return {
    hotwash: factsOf(facts, 'hotwash.written').flatMap(({ fact: { card, kind, seat, text } }) =>
      erased.has(card) ? [] : { kind, seat, text },
    ),
    actions: factsOf(facts, 'hotwash.action-added').flatMap(({ fact: { action, kind, text, owner, due } }) =>
      dropped.has(action) ? [] : { kind, text, owner, due },
    ),
  }
}
