import type { ExerciseRecord } from '../../../shared/record.ts'
import type { SeatId } from '../../../shared/ids.ts'
import { Status } from '../../ui/Status.tsx'
import { clock } from '../../ui/format.ts'
import styles from './report.module.css'

type Run = ExerciseRecord['mitigations'][number]
const CLASSES: Readonly<
  Record<Run['class'], { level: 'good' | 'warning' | 'bad' | 'unknown'; word: string }>
> = {
  right: { level: 'good', word: 'Right' },
  neutral: { level: 'unknown', word: 'Neutral' },
  tempting: { level: 'warning', word: 'Tempting' },
  wrong: { level: 'bad', word: 'Made it worse' },
}
const RESULTS: Readonly<Record<Run['state'], string>> = {
  proposed: 'never answered',
  approved: 'never begun',
  declined: 'declined',
  withdrawn: 'withdrawn',
  'in-progress': 'still in progress',
  done: 'done',
  failed: 'did not succeed',
  reverted: 'taken back out',
}

/** Every action that was proposed, with what it was: shown only now, so that its name could not give it away. */
export function MitigationsTable({
  record,
  seatName,
}: {
  readonly record: ExerciseRecord
  readonly seatName: (id: SeatId) => string
}) {
  const steps = new Map(
    record.playbooks.steps.map((s) => [`${s.book}#${s.step}`, `${s.bookTitle}: ${s.title}`]),
  )
  return (
    <section aria-labelledby="mitigations-title">
      <h2 id="mitigations-title">Actions tried</h2>
      {record.mitigations.length === 0 ? (
        <p className={styles.quiet}>No action was proposed.</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label="Actions tried">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Action</th>
                <th scope="col">It was</th>
                <th scope="col">Playbook step</th>
                <th scope="col">Odds and roll</th>
                <th scope="col">Result</th>
              </tr>
            </thead>
            <tbody>
              {record.mitigations.map((m) => (
                <tr key={m.id}>
                  <td className={styles.time}>{clock(m.startedAt ?? m.proposedAt)}</td>
                  <td>
                    <strong>{m.title}</strong>
                    <Params params={m.params} />
                    <span className={styles.sub}>
                      {seatName(m.seat)}
                      {m.reason !== '' && `: “${m.reason}”`}
                    </span>
                  </td>
                  <td>
                    <Status level={CLASSES[m.class].level} word={CLASSES[m.class].word} />
                  </td>
                  <td>
                    {m.cite ? (steps.get(`${m.cite.book}#${m.cite.step}`) ?? m.cite.step) : 'none cited'}
                  </td>
                  <td>{oddsWords(m)}</td>
                  <td>{RESULTS[m.state]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Params({ params }: { readonly params: Run['params'] }) {
  const list = Object.entries(params)
  return list.length === 0 ? null : (
    <span className={styles.sub}>{list.map(([key, value]) => `${key} ${value}`).join(', ')}</span>
  )
}

function oddsWords({ odds, roll }: Run): string {
  if (!odds) return 'not rolled'
  const chance = `${Math.round(odds.chance * 100)} %`
  if (!roll || roll.dice.length === 0) return chance
  return `${chance}; rolled ${roll.dice.join(' and ')}, ${roll.total} against ${odds.dc}`
}
