import { type ExerciseRecord } from '../../shared/record.ts'
import { ROLE_INFO } from '../../shared/roles.ts'
import { list, plain, prose, table } from './markdown.ts'
import { clock, utc } from './times.ts'

const RATINGS = {
  P: 'P · performed without challenges',
  S: 'S · performed with some challenges',
  M: 'M · performed with major challenges',
  U: 'U · unable to be performed',
} as const
const LEADS = { human: 'a game master', automatic: 'nobody (automatic)' } as const
const DICE = { off: 'off', open: 'open', screen: 'behind the screen' } as const
const APPROVERS = { none: 'nobody', commander: 'the incident commander', gm: 'the game master' } as const
const CARDS = { start: 'Start', stop: 'Stop', continue: 'Continue', playbook: 'Playbook' } as const
const KINDS = { prevent: 'prevent the cause', recover: 'recover faster' } as const

/** How a seat is called in the report, escaped. */
export const nameIn = (record: ExerciseRecord, seat: string | null): string =>
  seat === null ? '' : plain(record.seats.find((s) => s.id === seat)?.name ?? 'somebody who left')

/** Scenario, version, seed, hash, dates and how it was played. */
export function head(r: ExerciseRecord): string {
  const when =
    r.startedAt === null
      ? 'not started'
      : `${utc(r.startedAt)} to ${r.endedAt === null ? 'still running' : utc(r.endedAt)}`
  return table(
    ['', ''],
    [
      ['Exercise', `${plain(r.name)} (\`${r.exercise}\`)`],
      [
        'Scenario',
        `${plain(r.scenario.title)}, played as “${plain(r.scenario.codename)}” at ${plain(r.scenario.company)}`,
      ],
      [
        'Version',
        `${plain(r.scenario.id)} ${plain(r.scenario.version)}, level ${r.scenario.level}, ${plain(r.scenario.kind)}`,
      ],
      ['Content hash', `\`${r.scenario.hash}\``],
      ['Seed and engine', `${r.seed}, ${plain(r.engine)}`],
      ['When (wall time, UTC)', when],
      ['Led by', LEADS[r.settings.lead]],
      ['Dice', DICE[r.settings.dice]],
      ['Actions approved by', APPROVERS[r.settings.approval]],
    ],
    '',
  )
}

export const people = (r: ExerciseRecord): string =>
  table(
    ['Name', 'Seats'],
    r.seats.map((s) => [plain(s.name), s.roles.map((role) => ROLE_INFO[role].title).join(', ')]),
    'Nobody took a seat.',
  )

export const goals = (r: ExerciseRecord): string =>
  table(
    ['Objective', 'Rating', 'Evidence'],
    r.goals.map((g) => [plain(g.title), g.rating === null ? 'not rated' : RATINGS[g.rating], plain(g.why)]),
    'The scenario names no objectives.',
  )

export const plan = (r: ExerciseRecord): string =>
  table(
    ['Action', 'Kind', 'Owner', 'Due'],
    r.actions.map((a) => [plain(a.text), KINDS[a.kind], plain(a.owner), plain(a.due)]),
    'No actions were agreed.',
  )

export const hotWash = (r: ExerciseRecord): string =>
  list(
    r.hotwash.map((c) => `**${CARDS[c.kind]}** ${plain(c.text)} (${nameIn(r, c.seat)})`),
    'Nobody wrote a card.',
  )

/** What shaped the hour from outside: injects planned and delivered, help given, luck. */
export function disclosure(r: ExerciseRecord): string {
  const injects = table(
    ['Inject', 'State', 'Delivered at'],
    r.injects.map((i) => [
      plain(i.title),
      plain(i.state),
      i.deliveredAt === null ? '' : clock(i.deliveredAt),
    ]),
    'The scenario has no injects.',
  )
  const hints = list(
    r.hints.map((h) => `${clock(h.at)} ${plain(h.text)}`),
    'No hints were given.',
  )
  const interventions = list(
    r.interventions.map((i) => `${clock(i.at)} ${plain(i.text)}`),
    'The game master did nothing by hand.',
  )
  const { rolls, expected, actual } = r.luck
  const luck =
    rolls === 0
      ? 'No dice were rolled.'
      : `${rolls} ${rolls === 1 ? 'roll' : 'rolls'}: ${expected.toFixed(1)} successes were to be expected, ${actual} came. Luck is no part of the score.`
  return [
    '### Injects',
    injects,
    '### Hints',
    hints,
    '### Interventions',
    interventions,
    '### Luck',
    luck,
  ].join('\n\n')
}

/** What really was the matter, told after play. */
export function closing(r: ExerciseRecord): string {
  const { truth, story, questions, realCase } = r.debrief
  return [
    '### What was the matter',
    prose(truth),
    '### How it came about',
    prose(story),
    '### Questions for the debrief',
    list(questions.map(plain), 'The scenario asks none.'),
    '### What the real incident did',
    prose(realCase),
  ].join('\n\n')
}
