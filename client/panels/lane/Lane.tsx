import { useView } from '../../store/table.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Improvise } from './Improvise.tsx'
import { InjectCard } from './InjectCard.tsx'
import { sortInjects, type Inject } from './sortInjects.ts'
import styles from './lane.module.css'

/** Everything that comes to the table from outside: what waits for a hand, what comes, what has been. */
export function Lane() {
  const list = useView('injects')?.list
  if (!list) return null
  const { due, timed, untimed, over } = sortInjects(list)
  const group = (title: string, items: readonly Inject[]) =>
    items.length > 0 && (
      <>
        <h2 className={styles.group}>
          {title} <span className={styles.count}>{items.length}</span>
        </h2>
        <ul className={styles.list}>
          {items.map((i) => (
            <InjectCard key={i.id} inject={i} />
          ))}
        </ul>
      </>
    )
  return (
    <section className={styles.lane} aria-label="Injects">
      {list.length === 0 && (
        <EmptyState
          icon="mail"
          title="No injects"
          text="This scenario brings nothing from outside. Improvise one below."
        />
      )}
      {group('Due now', due)}
      {group('By time', timed)}
      {group('By condition or by hand', untimed)}
      {over.length > 0 && (
        <details className={styles.over}>
          <summary>{over.length} delivered or skipped</summary>
          <ul className={styles.list}>
            {over.map((i) => (
              <InjectCard key={i.id} inject={i} />
            ))}
          </ul>
        </details>
      )}
      <Improvise />
    </section>
  )
}
