import type { ExerciseRecord, Outcome } from '../../shared/record.ts'
import { type Cell, csv } from './csv.ts'
import { type Exporter, filenameOf } from './exporter.ts'
import { utc } from './times.ts'

const seconds = (ms: number | null | undefined): Cell => (ms === null || ms === undefined ? null : ms / 1000)
const wall = (ms: number | null): Cell => (ms === null ? null : utc(ms))
const rounded = (x: number | undefined, digits: number): Cell =>
  x === undefined ? null : Number(x.toFixed(digits))

const outcome = (who: string, o: Outcome | null): readonly (readonly [string, Cell])[] => [
  [`${who}_ttd_s`, seconds(o?.ttd)],
  [`${who}_tta_s`, seconds(o?.tta)],
  [`${who}_ttm_s`, seconds(o?.ttm)],
  [`${who}_ttr_s`, seconds(o?.ttr)],
  [`${who}_impact_s`, seconds(o?.impactMs)],
  [`${who}_failed_requests`, o?.failedRequests ?? null],
  [`${who}_budget_spent`, rounded(o?.budgetSpent, 6)],
]

/** Every number of an exercise with the name of its column; the columns are the same for every exercise. */
function columns(r: ExerciseRecord): readonly (readonly [string, Cell])[] {
  const started = r.mitigations.filter((m) => m.startedAt !== null)
  const count = (...classes: readonly string[]) => started.filter((m) => classes.includes(m.class)).length
  return [
    ['exercise', r.exercise],
    ['name', r.name],
    ['scenario', r.scenario.id],
    ['scenario_version', r.scenario.version],
    ['scenario_hash', r.scenario.hash],
    ['level', r.scenario.level],
    ['engine', r.engine],
    ['seed', r.seed],
    ['lead', r.settings.lead],
    ['dice', r.settings.dice],
    ['approval', r.settings.approval],
    ['started_at', wall(r.startedAt)],
    ['ended_at', wall(r.endedAt)],
    ['players', r.seats.filter((s) => s.roles.some((x) => x !== 'gm' && x !== 'observer')).length],
    ...Object.entries(r.marks).map(([mark, m]) => [`${mark}_at_s`, seconds(m?.at)] as const),
    ...outcome('table', r.outcomes.table),
    ...outcome('idle', r.outcomes.idle),
    ...outcome('best', r.outcomes.par),
    ['score', rounded(r.score.total, 1)],
    ...r.score.parts.map((p) => [`score_${p.id}`, rounded(p.points, 1)] as const),
    ['actions_started', started.length],
    ['actions_right', count('right')],
    ['actions_neutral', count('neutral')],
    ['actions_harmful', count('tempting', 'wrong')],
    ['playbook_hit_rate', rounded(r.playbooks.hitRate ?? undefined, 4)],
    ['time_to_right_step_s', seconds(r.playbooks.timeToRightStep)],
    ['playbook_findings', r.playbooks.findings.length],
    ['rolls', r.luck.rolls],
    ['successes_expected', rounded(r.luck.expected, 2)],
    ['successes_rolled', r.luck.actual],
    ['updates', r.updates.length],
    ['hints', r.hints.length],
    ['interventions', r.interventions.length],
  ]
}

/** One head and one row: rows of several exercises stand under each other in one sheet. Times in seconds, shares 0 to 1. */
export const summaryCsv: Exporter = {
  contentType: 'text/csv; charset=utf-8',
  filename: (record) => filenameOf(record, 'summary.csv'),
  write(record) {
    const all = columns(record)
    return csv([all.map(([name]) => name), all.map(([, value]) => value)])
  },
}
