import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Findings, Place } from './places.ts'

/** What stands above a playbook. Everything is optional: a team's own runbooks have other front matter, or none. */
export interface FrontMatter {
  /** How many lines of the file it takes. */
  readonly lines: number
  readonly title: string | undefined
  readonly owner: string
  readonly services: string[]
  readonly lastReviewed: string
  readonly alerts: { id: string; place: Place }[]
}

const Word = z.union([z.string(), z.number()]).transform((w) => String(w).trim().slice(0, 120))
const Words = z.union([z.array(Word).max(50), Word.transform((w) => w.split(/,\s*/))]).catch([])
const Fields = z.looseObject({
  title: Word.optional().catch(undefined),
  owner: Word.catch(''),
  services: Words,
  last_reviewed: Word.catch(''),
})

const none = (lines: number): FrontMatter => ({
  lines,
  title: undefined,
  owner: '',
  services: [],
  lastReviewed: '',
  alerts: [],
})

/** Reads the YAML between two lines `---` at the top of a file, if it is there. What cannot be read is a warning. */
export function readFrontMatter(file: string, lines: readonly string[], findings: Findings): FrontMatter {
  if (lines[0]?.trimEnd() !== '---') return none(0)
  const end = lines.findIndex((line, i) => i > 0 && /^(?:---|\.\.\.)\s*$/.test(line))
  if (end < 0) {
    findings.warning(
      { file, line: 1, column: 1 },
      'The front matter does not end.',
      'Close it with a line `---`.',
    )
    return none(0)
  }
  const counter = new LineCounter()
  const doc = parseDocument(lines.slice(1, end).join('\n'), { lineCounter: counter, schema: 'core' })
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { file, line: line + 1, column: col }
  }
  const error = doc.errors[0]
  if (error) {
    findings.warning(
      place(error.pos[0]),
      'The front matter is not YAML.',
      'Write lines like `title: Cold cache`.',
    )
    return none(end + 1)
  }
  if (!isMap(doc.contents)) return none(end + 1)
  const fields = Fields.safeParse(doc.toJS({ maxAliasCount: 0 }))
  if (!fields.success) return none(end + 1)
  const { title, owner, services, last_reviewed } = fields.data
  const list = doc.get('alerts', true)
  const alerts = (isSeq(list) ? list.items : []).flatMap((item) =>
    isScalar(item) && typeof item.value === 'string'
      ? [{ id: item.value, place: place(item.range?.[0] ?? 0) }]
      : [],
  )
  return {
    lines: end + 1,
    title: title === '' ? undefined : title,
    owner,
    services: services.filter((s) => s !== ''),
    lastReviewed: last_reviewed,
    alerts,
  }
}
