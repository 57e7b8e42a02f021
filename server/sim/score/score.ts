import type { ScenarioSpec } from '../scenario/schema.ts'
import type { ExerciseRecord, Outcome, ScorePart } from '../../../shared/record.ts'
import type { SimMs } from '../../../shared/ids.ts'
import type { Run } from './runs.ts'
import { PART_TITLES, duration, percent, points } from './words.ts'
import type { Teamwork } from './teamwork.ts'

export interface ScoreInputs {
  readonly scoring: ScenarioSpec['scoring']
  /** How long the scenario is planned to last, in minutes: stands in where doing nothing never ends. */
  readonly minutes: number
  readonly outcomes: { readonly table: Outcome; readonly idle: Outcome | null; readonly par: Outcome | null }
  /** Whether users were hurt at any time. */
  readonly impact: boolean
  readonly runs: readonly Run[]
  readonly updates: ExerciseRecord['updates']
  readonly firstPage: SimMs | null
  readonly teamwork: Teamwork
}

interface Scored {
  readonly points: number
  readonly formula: string
}
const clamp = (x: number) => Math.min(100, Math.max(0, x))

/** Where a value lies between doing nothing (0) and the best found (100); par at or beyond idle leaves all or nothing. */
function between(value: number, idle: number, par: number): number {
  if (idle <= par) return value <= par ? 100 : 0
  return clamp((100 * (idle - value)) / (idle - par))
}

/**
 * Recovery: the mean of where TTM and TTR lie between doing nothing and the best found. A time never reached is 0
 * points; where doing nothing never gets there, the scenario's planned minutes stand in; without a best run, par is 0.
 * Our own rule: there is no standard for it.
 */
function recovery({ outcomes, minutes, impact }: ScoreInputs): Scored {
  if (!impact) return { points: 100, formula: 'Users were never hurt: nothing to recover from, 100.' }
  const side = (key: 'ttm' | 'ttr') => {
    const name = key.toUpperCase()
    const value = outcomes.table[key]
    const idle = outcomes.idle?.[key] ?? minutes * 60_000
    const par = outcomes.par?.[key] ?? 0
    if (value === null) return { points: 0, formula: `${name} was not reached: 0` }
    const p = between(value, idle, par)
    return {
      points: p,
      formula: `${name} ${duration(value)} between ${duration(par)} (100) and ${duration(idle)} (0): ${points(p)}`,
    }
  }
  const ttm = side('ttm')
  const ttr = side('ttr')
  const mean = (ttm.points + ttr.points) / 2
  return { points: mean, formula: `Mean of ${ttm.formula}; ${ttr.formula} = ${points(mean)}.` }
}

/**
 * Impact: where the share of error budget spent lies between doing nothing (0) and the best found (100). Without an
 * idle run the whole budget stands in, without a best run none of it. Our own rule; budgets as in the SRE Workbook, chapter 5.
 */
function impactPart({ outcomes, impact }: ScoreInputs): Scored {
  if (!impact) return { points: 100, formula: 'Users were never hurt: 100.' }
  const spent = outcomes.table.budgetSpent
  const idle = outcomes.idle?.budgetSpent ?? 1
  const par = outcomes.par?.budgetSpent ?? 0
  const p = between(spent, idle, par)
  return {
    points: p,
    formula: `Budget spent ${percent(spent)} between ${percent(par)} (100) and ${percent(idle)} (0): ${points(p)}.`,
  }
}

/** Procedure: the share of started actions that cite a playbook step, minus 20 for each harmful one, never below 0. Our own rule. */
function procedure({ runs }: ScoreInputs): Scored {
  const started = runs.filter((r) => r.startedAt !== null)
  if (started.length === 0) return { points: 0, formula: 'No action was started: 0.' }
  const cited = started.filter((r) => r.cite !== null).length
  const harmful = started.filter((r) => r.class === 'wrong' || r.class === 'tempting').length
  const p = clamp((100 * cited) / started.length - 20 * harmful)
  return {
    points: p,
    formula: `100 × ${cited} cited of ${started.length} started − 20 × ${harmful} that made it worse: ${points(p)}.`,
  }
}

/**
 * Communication: the status page and the stakeholders earn half each. An update within the scenario's time of the
 * first page is worth all of its half, then linearly less, nothing from twice that time on. Our own rule.
 */
function communication({ scoring, updates, firstPage }: ScoreInputs): Scored {
  if (firstPage === null) return { points: 100, formula: 'No page fired: nobody had to be told, 100.' }
  const within = scoring.update_within
  const halves = (['status', 'stakeholders'] as const).map((audience) => {
    const title = audience === 'status' ? 'Status page' : 'Stakeholders'
    const first = updates
      .filter((u) => u.audience === audience)
      .reduce<number | null>((a, u) => Math.min(a ?? u.at, u.at), null)
    if (first === null) return { points: 0, formula: `${title} never updated: 0` }
    const delay = Math.max(0, first - firstPage)
    const p = delay <= within ? 50 : within === 0 ? 0 : clamp(50 * (2 - delay / within))
    return { points: p, formula: `${title} after ${duration(delay)}: ${points(p)} of 50` }
  })
  const sum = halves.reduce((a, h) => a + h.points, 0)
  return {
    points: sum,
    formula: `${halves.map((h) => h.formula).join('; ')} (in full within ${duration(within)} of the first page) = ${points(sum)}.`,
  }
}

/**
 * Teamwork: half for the share of players whose voice is in the log, half for the share of the roles held that left
 * something of their own in it. Our own rule; it says nothing about who said more.
 */
function teamworkPart({ teamwork: { players, heard, held, kept } }: ScoreInputs): Scored {
  if (players === 0) return { points: 0, formula: 'No player was seated: 0.' }
  const p = 50 * (heard / players) + 50 * (held === 0 ? 0 : kept / held)
  return {
    points: p,
    formula: `50 × ${heard} of ${players} players heard + 50 × ${kept} of ${held} roles kept = ${points(p)}.`,
  }
}

/** The five parts with their formulas, and their mean by the scenario's weights (0 when all weights are 0). */
export function scoreOf(inputs: ScoreInputs): ExerciseRecord['score'] {
  const scored = {
    recovery: recovery(inputs),
    impact: impactPart(inputs),
    procedure: procedure(inputs),
    communication: communication(inputs),
    teamwork: teamworkPart(inputs),
  }
  const parts = (['recovery', 'impact', 'procedure', 'communication', 'teamwork'] as const).map(
    (id): ScorePart => ({ id, title: PART_TITLES[id], ...scored[id], weight: inputs.scoring[id] }),
  )
  const weights = parts.reduce((sum, p) => sum + p.weight, 0)
  const total = weights === 0 ? 0 : parts.reduce((sum, p) => sum + p.points * p.weight, 0) / weights
  return { total, parts }
}
