import type { Cite } from '../../../shared/contracts/mitigations.ts'
import type { ExerciseRecord } from '../../../shared/record.ts'
import type { TimedFact } from '../input.ts'
import type { ScoredScenario } from './scored.ts'
import { factsOf } from './log.ts'
import { firstPage } from './marks.ts'
import type { Run } from './runs.ts'

export type PlaybookUse = ExerciseRecord['playbooks']
export type StepUse = PlaybookUse['steps'][number]
/** How a row about the playbook as a whole is addressed. */
export const WHOLE_BOOK = ''

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
const once = (texts: readonly string[]) => [...new Set(texts)]

/** What the table did with its playbooks: every step with who opened, cited and flagged it, and what follows from that. */
export function playbookUse(options: {
  readonly facts: readonly TimedFact[]
  readonly runs: readonly Run[]
  readonly scenario: ScoredScenario
}): PlaybookUse {
  const { facts, runs, scenario } = options
  const steps = stepsOf(options)
  const started = runs.filter((r) => r.startedAt !== null)
  const page = firstPage(facts)
  const right = factsOf(facts, 'playbooks.opened').find(
    (f) =>
      f.at >= (page ?? 0) &&
      linksOf(scenario, f.fact.book, f.fact.step).some((m) => classOf(scenario, m) === 'right'),
  )
  return {
    steps,
    hitRate: started.length === 0 ? null : started.filter((r) => r.cite !== null).length / started.length,
    timeToRightStep: page === null || !right ? null : right.at - page,
    findings: findingsOf({ facts, started, scenario, steps }),
  }
}

const classOf = (scenario: ScoredScenario, mitigation: string) => scenario.spec.mitigations[mitigation]?.class
const titleOf = (scenario: ScoredScenario, mitigation: string) =>
  scenario.spec.mitigations[mitigation]?.title ?? mitigation

function linksOf(scenario: ScoredScenario, book: string, step: string | null): readonly string[] {
  const steps = scenario.playbooks.find((p) => p.view.id === book)?.view.steps ?? []
  return steps.filter((s) => s.id === step).flatMap((s) => s.links.map((l) => l.mitigation))
}

function stepsOf({ facts, runs, scenario }: Parameters<typeof playbookUse>[0]): StepUse[] {
  const opened = factsOf(facts, 'playbooks.opened')
  const flagged = factsOf(facts, 'playbooks.flagged')
  return scenario.playbooks.flatMap(({ view }) =>
    [{ id: WHOLE_BOOK, title: view.title }, ...view.steps].flatMap(({ id, title }) => {
      const here = (f: { fact: { book: string; step: string | null } }) =>
        f.fact.book === view.id && (f.fact.step ?? WHOLE_BOOK) === id
      const use: StepUse = {
        book: view.id,
        bookTitle: view.title,
        step: id,
        title,
        openedBy: opened.filter(here).map(({ at, fact }) => ({ seat: fact.seat, at, when: fact.when })),
        citedBy: runs.filter((r) => r.cite?.book === view.id && r.cite?.step === id).map((r) => r.id),
        flags: flagged.filter(here).map(({ fact }) => ({ seat: fact.seat, flag: fact.flag, why: fact.why })),
      }
      const silent = use.openedBy.length === 0 && use.flags.length === 0
      return id === WHOLE_BOOK && silent ? [] : [use]
    }),
  )
}

function findingsOf(options: {
  readonly facts: readonly TimedFact[]
  readonly started: readonly Run[]
  readonly scenario: ScoredScenario
  readonly steps: readonly StepUse[]
}): string[] {
  const { facts, started, scenario, steps } = options
  const nameOf = (s: StepUse) =>
    s.step === WHOLE_BOOK ? `“${s.bookTitle}”` : `“${s.bookTitle} › ${s.title}”`
  const linking = (mitigation: string) =>
    steps.filter((s) => linksOf(scenario, s.book, s.step).includes(mitigation))
  const stepOf = (cite: Cite | null) => steps.find((s) => s.book === cite?.book && s.step === cite.step)

  const alerts = factsOf(facts, 'alerts.fired')
    .filter((f) => !scenario.alertPlaybooks[f.fact.rule])
    .map((f) => `The alert “${f.fact.title}” fires and links to no playbook.`)
  const unwritten = started
    .filter((r) => linking(r.mitigation).length === 0)
    .map((r) => `“${r.title}” was carried out, and no playbook step leads to it.`)
  const uncited = started
    .filter((r) => r.cite === null && linking(r.mitigation).length > 0)
    .map(
      (r) =>
        `“${r.title}” was carried out from memory, although ${linking(r.mitigation).map(nameOf).join(' and ')} leads to it.`,
    )
  const unmet = started.flatMap((r) => {
    const step = stepOf(r.cite)
    // What the check said when somebody last looked before proposing.
    const seen = step?.openedBy.filter((o) => o.at <= r.proposedAt && o.seat === r.seat).at(-1)
    return step && seen?.when === false
      ? `${nameOf(step)} was cited for “${r.title}” while its own check said that it does not apply.`
      : []
  })
  const misleading = started.flatMap((r) => {
    const step = stepOf(r.cite)
    return step && (r.class === 'wrong' || r.class === 'tempting')
      ? `${nameOf(step)} led to “${r.title}”, which did not help here: the step could say when not to use it.`
      : []
  })
  const flags = steps.flatMap((s) =>
    s.flags.map((f) => sentence(`${nameOf(s)} is flagged as ${f.flag}: ${f.why}`)),
  )
  const missed = Object.keys(scenario.spec.mitigations)
    .filter((m) => classOf(scenario, m) === 'right')
    .flatMap((m) => {
      const from = linking(m)
      if (from.length === 0)
        return `“${titleOf(scenario, m)}” would have helped, and no playbook step leads to it.`
      if (from.some((s) => s.openedBy.length > 0) || started.some((r) => r.mitigation === m)) return []
      return `“${titleOf(scenario, m)}” would have helped; nobody was led to ${from.map(nameOf).join(' or ')}, where it is written.`
    })
  return once([...alerts, ...unwritten, ...uncited, ...unmet, ...misleading, ...flags, ...missed])
}
