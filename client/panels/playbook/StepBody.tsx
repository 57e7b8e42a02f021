import type { PlaybookStep } from '../../../shared/contracts/playbooks.ts'
import { ROLE_INFO } from '../../../shared/roles.ts'
import { useMine, useMySeat, useReadOnly, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { openPlaybook, startProposal } from '../deskState.ts'
import { mitigationLink } from './searchBooks.ts'
import styles from './playbook.module.css'

/** The words of a step. A link to an action becomes the button that proposes it, citing this step. */
export function StepBody({ book, step }: { readonly book: string; readonly step: PlaybookStep }) {
  const books = useView('playbooks')?.books
  const catalogue = useView('mitigations')?.catalogue
  const can = useMine('mitigations')?.canPropose ?? []
  const readOnly = useReadOnly()
  const roles = useMySeat()?.roles ?? []
  return (
    <Markdown
      source={step.body}
      onLink={(href, children) => {
        const link = mitigationLink(href)
        if (link) {
          const info = catalogue?.find((m) => m.id === link.mitigation)
          const title =
            step.links.find((l) => l.mitigation === link.mitigation)?.title ?? info?.title ?? link.mitigation
          const possible = can.includes(link.mitigation)
          const theirs = info?.roles.some((r) => roles.includes(r)) ?? false
          const why =
            info?.unavailable ??
            (theirs || !info
              ? 'not at this moment'
              : `for ${info.roles.map((r) => ROLE_INFO[r].title.toLowerCase()).join(' or ')}`)
          return (
            <span className={styles.propose}>
              <Button
                size="small"
                disabled={!possible || readOnly}
                onClick={() => startProposal({ ...link, cite: { book, step: step.id } })}
              >
                {children ?? title}
              </Button>
              {!possible && <span className={styles.why}>{why}</span>}
            </span>
          )
        }
        const page = bookLink(href, book)
        const target = page && books?.find((b) => b.id === page.book)
        if (!page || !target) return undefined
        return (
          <button type="button" className={styles.pageLink} onClick={() => openPlaybook(page)}>
            {children ?? target.steps.find((s) => s.id === page.step)?.title ?? target.title}
          </button>
        )
      }}
    />
  )
}

/** `#step` of this book or `other.md#step`, as books refer to one another. */
function bookLink(href: string, here: string): { book: string; step: string | null } | null {
  const match = /^(?:\.\/)?(?:([\w-]+)\.md)?(?:#([\w-]+))?$/.exec(href)
  if (!match || href === '') return null
  return { book: match[1] ?? here, step: match[2] ?? null }
}
