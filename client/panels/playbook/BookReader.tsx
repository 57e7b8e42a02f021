import { useEffect, useRef, useState } from 'react'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { Playbook } from '../../../shared/contracts/playbooks.ts'
import { useReadOnly } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { openPlaybook } from '../deskState.ts'
import { FlagDialog } from './FlagDialog.tsx'
import { StepChecks, stepVerdict } from './StepChecks.tsx'
import { StepBody } from './StepBody.tsx'
import styles from './playbook.module.css'

/** One playbook: its introduction and its steps, one of them open. The open one is what an action cites. */
export function BookReader({
  book,
  step,
  view,
}: {
  readonly book: Playbook
  readonly step: string | null
  readonly view: ViewOf<'playbooks'>
}) {
  const readOnly = useReadOnly()
  const [flagging, setFlagging] = useState<{ step: string | null } | null>(null)
  const opened = useRef<HTMLLIElement>(null)
  useEffect(() => {
    opened.current?.scrollIntoView({ block: 'nearest' })
  }, [step])
  return (
    <article className={styles.reader} aria-label={book.title}>
      <h2 className={styles.heading}>{book.title}</h2>
      <p className={styles.meta}>
        {book.owner} · {book.services.join(', ')} · reviewed {book.lastReviewed}
      </p>
      {book.intro.trim() !== '' && (
        <div className={styles.intro}>
          <Markdown source={book.intro} />
        </div>
      )}
      <ol className={styles.steps}>
        {book.steps.map((s) => {
          const open = s.id === step
          const check = view.checks[`${book.id}#${s.id}`]
          const flags = view.flags.filter((f) => f.book === book.id && f.step === s.id)
          return (
            <li key={s.id} ref={open ? opened : null} className={styles.step} data-open={open || undefined}>
              <h3 className={styles.stepHeading} style={{ paddingLeft: Math.max(0, s.depth - 2) * 12 }}>
                <button
                  type="button"
                  aria-expanded={open}
                  onClick={() => openPlaybook({ book: book.id, step: open ? null : s.id })}
                >
                  <Icon name={open ? 'down' : 'right'} />
                  <span>{s.title}</span>
                  <span className={styles.verdict}>{stepVerdict(s, check)}</span>
                  {flags.length > 0 && (
                    <span className={styles.flagged}>
                      <Icon name="flag" /> {flags.length}
                    </span>
                  )}
                </button>
              </h3>
              {open && (
                <div className={styles.stepBody}>
                  <StepChecks step={s} check={check} />
                  <StepBody book={book.id} step={s} />
                  {flags.map((f, i) => (
                    <p key={i} className={styles.flag}>
                      <Icon name="flag" /> {f.flag}: {f.why}
                    </p>
                  ))}
                  {!readOnly && (
                    <Button size="small" kind="quiet" onClick={() => setFlagging({ step: s.id })}>
                      <Icon name="flag" /> Something is wrong here
                    </Button>
                  )}
                </div>
              )}
            </li>
          )
        })}
      </ol>
      {!readOnly && (
        <Button size="small" kind="quiet" onClick={() => setFlagging({ step: null })}>
          <Icon name="flag" /> A step is missing
        </Button>
      )}
      {flagging && <FlagDialog book={book} step={flagging.step} onClose={() => setFlagging(null)} />}
    </article>
  )
}
