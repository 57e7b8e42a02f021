import { paramMistake } from './lintPlay.ts'
import type { Findings } from './places.ts'
import type { ReadPlaybook } from './playbook.ts'
import type { ScenarioSpec } from './schema.ts'
import { echo, wayOutOf } from './suggest.ts'

/** Playbooks against the scenario: links lead to mitigations with values they take, and each book is itself only once. */
export function lintBooks(books: readonly ReadPlaybook[], spec: ScenarioSpec, findings: Findings): void {
  const ids = new Map<string, string>()
  for (const book of books) {
    const before = ids.get(book.view.id)
    if (before !== undefined)
      findings.error(
        { file: book.file, line: 1, column: 1 },
        `The playbook is called as ${before} is.`,
        'Give it another title.',
      )
    ids.set(book.view.id, book.file)
    for (const link of book.links) {
      const mitigation = Object.hasOwn(spec.mitigations, link.mitigation)
        ? spec.mitigations[link.mitigation]
        : undefined
      if (!mitigation) {
        findings.error(
          link.place,
          `There is no mitigation \`${echo(link.mitigation)}\`.`,
          wayOutOf(link.mitigation, Object.keys(spec.mitigations), 'mitigations'),
        )
        continue
      }
      const mistake = paramMistake(mitigation, link.params)
      if (mistake) findings.error(link.place, mistake.message, mistake.wayOut)
    }
    for (const alert of book.alerts)
      if (!Object.hasOwn(spec.alerts, alert.id))
        findings.warning(
          alert.place,
          `There is no alert \`${echo(alert.id)}\`.`,
          wayOutOf(alert.id, Object.keys(spec.alerts), 'alerts'),
        )
  }
}
