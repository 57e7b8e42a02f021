import { useStore } from 'zustand'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { closeHelp, helpStore } from '../ui/helpSheet.ts'
import styles from './HelpSheet.module.css'

const KEYS: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['?', 'this sheet'],
      ['Esc', 'close what is open, leave a field'],
      ['Tab', 'to the next thing one can do'],
      ['Ctrl Enter', 'send what you write'],
    ],
  },
  {
    title: 'War room',
    keys: [
      ['1 … 6', 'dashboards, map, logs, requests, changes, status page'],
      ['p', 'playbooks'],
      ['a', 'actions'],
      ['c', 'channel'],
      ['/', 'search in the open tab'],
    ],
  },
]

/** The keys, and how an exercise goes in four lines. Opened with `?` from everywhere. */
export function HelpSheet() {
  const { open } = useStore(helpStore)
  return (
    <Dialog open={open} title="Help" onClose={closeHelp}>
      <div className={styles.help}>
        <p>
          An exercise goes from the <strong>lobby</strong> to the <strong>briefing</strong>, then the clock{' '}
          <strong>runs</strong>, and afterwards everybody reads the same evidence in the{' '}
          <strong>hot wash</strong>.
        </p>
        <p>
          The playbook is what is being tested, not the people: look at the dashboards, find the step that
          fits, propose its action, and say when the playbook is wrong or unclear. Nothing you do here touches
          a real system.
        </p>
        {KEYS.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl className={styles.keys}>
              {group.keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <Kbd>{key}</Kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
