import { useState } from 'react'
import { useView } from '../../store/table.ts'
import { useExerciseNow } from '../../store/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { ago, clock } from '../../ui/format.ts'
import { showChangeOnCharts, useDesk } from '../deskState.ts'
import { Search } from '../Search.tsx'
import { useComponents } from '../useComponents.ts'
import styles from './changes.module.css'

const KINDS: Readonly<
  Record<'deploy' | 'flag' | 'config' | 'infrastructure', { icon: IconName; word: string }>
> = {
  deploy: { icon: 'deploy', word: 'Deploy' },
  flag: { icon: 'flag', word: 'Flag' },
  config: { icon: 'sliders', word: 'Configuration' },
  infrastructure: { icon: 'server', word: 'Infrastructure' },
}

/** What changed lately, newest first: the first thing a responder asks. */
export function Changes() {
  const changes = useView('system')?.changes ?? []
  const now = useExerciseNow()
  const components = useComponents()
  const marked = useDesk((s) => s.markedChange)
  const [text, setText] = useState('')
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = changes
    .filter((c) => {
      const hay =
        `${c.title} ${c.author} ${components.title(c.component)} ${KINDS[c.kind].word}`.toLowerCase()
      return words.every((word) => hay.includes(word))
    })
    .toSorted((a, b) => b.at - a.at)
  if (changes.length === 0) {
    return (
      <EmptyState
        icon="change"
        title="No changes"
        text="Deploys, flags and configuration changes appear here."
      />
    )
  }
  return (
    <section className={styles.changes} aria-label="Changes">
      <Search label="Search changes" className={styles.search} value={text} onChange={setText} />
      {shown.length === 0 && <p className={styles.none}>No change matches.</p>}
      <ol className={styles.list}>
        {shown.map((change) => (
          <li key={change.id} className={styles.change} data-marked={change.id === marked || undefined}>
            <Icon name={KINDS[change.kind].icon} />
            <div className={styles.body}>
              <p className={styles.title}>{change.title}</p>
              <p className={styles.meta}>
                {KINDS[change.kind].word} · {change.author}
                {change.component !== null && ` · ${components.title(change.component)}`}
              </p>
            </div>
            <time className={styles.time}>
              {clock(change.at)}
              <span>{ago(now - change.at)}</span>
            </time>
            <Button size="small" kind="quiet" onClick={() => showChangeOnCharts(change.id)}>
              Show on charts
            </Button>
          </li>
        ))}
      </ol>
    </section>
  )
}
