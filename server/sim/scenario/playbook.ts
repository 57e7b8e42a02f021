import MarkdownIt from 'markdown-it'
import type { Playbook } from '../../../shared/contracts/playbooks.ts'
import { anchorsOf, slugOf } from './anchors.ts'
import { compileExpression, type Expr } from './expression.ts'
import type { Metrics } from './expressionTree.ts'
import { readFrontMatter } from './frontMatter.ts'
import type { Findings, Place } from './places.ts'
import type { CompiledPlaybook } from './scenario.ts'

/** A link to a mitigation, and where it stands. */
export interface PlaybookLink {
  readonly mitigation: string
  readonly params: Readonly<Record<string, string>>
  readonly place: Place
}
export interface ReadPlaybook extends CompiledPlaybook {
  readonly links: readonly PlaybookLink[]
  /** Alerts it says it is for. */
  readonly alerts: readonly { readonly id: string; readonly place: Place }[]
}

export interface PlaybookSource {
  readonly file: string
  readonly text: string
  readonly findings: Findings
  /** What players can see. */
  readonly metrics: Metrics
}

const LONGEST = 200_000
const MOST_STEPS = 100
const CHECK = /^check\b/
const KNOWN_CHECK = /^check\s+(when|done)$/

const markdown = new MarkdownIt({ html: false, linkify: false })
type Token = ReturnType<typeof markdown.parse>[number]
type Step = Playbook['steps'][number]

interface Draft {
  step: Step | null
  /** First line of its body, zero-based. */
  from: number
  checks: { when: Expr | null; done: Expr | null }
}

/** `mitigation:shed-load?amount=0.4` as id and parameters. */
function readHref(href: string): { mitigation: string; params: Record<string, string> } | undefined {
  if (!href.startsWith('mitigation:')) return undefined
  const [id = '', query = ''] = href.slice('mitigation:'.length).split('?', 2)
  return { mitigation: id, params: Object.fromEntries(new URLSearchParams(query)) }
}

/**
 * Reads a playbook: plain Markdown whose headings are steps. Blocks fenced `check when` and `check done` become compiled
 * expressions, links `mitigation:…` the step's actions. A first heading of level one is the title when the front
 * matter gives none. Never throws; undefined only when the file is too large to read.
 */
export function readPlaybook({ file, text, findings, metrics }: PlaybookSource): ReadPlaybook | undefined {
  const place = (line: number, column = 1): Place => ({ file, line: line + 1, column })
  if (text.length > LONGEST) {
    findings.error(place(0), 'The playbook is longer than 200 kB.', 'Split it into several playbooks.')
    return undefined
  }
  const lines = text.split(/\r?\n/)
  const matter = readFrontMatter(file, lines, findings)
  const tokens = markdown.parse(
    [...Array(matter.lines).fill(''), ...lines.slice(matter.lines)].join('\n'),
    {},
  )

  const anchor = anchorsOf()
  const drafts: Draft[] = [{ step: null, from: matter.lines, checks: { when: null, done: null } }]
  const links: PlaybookLink[] = []
  const gone = new Set<number>()
  let title = matter.title
  const ends: number[] = []

  function check(token: Token, draft: Draft) {
    const [start = 0, end = start + 1] = token.map ?? []
    const which = KNOWN_CHECK.exec(token.info.trim())?.[1]
    if (which !== 'when' && which !== 'done') {
      findings.error(
        place(start),
        `A block fenced \`${token.info.trim()}\` is no check.`,
        'Fence it ```check when or ```check done.',
      )
      return
    }
    for (let line = start; line < end; line++) gone.add(line)
    if (!draft.step) {
      findings.error(
        place(start),
        'A check stands before the first heading.',
        'Put it under the heading of the step it belongs to.',
      )
      return
    }
    if (draft.step[which] !== null) {
      findings.error(place(start), `The step has two \`check ${which}\`.`, 'Join them with &&.')
      return
    }
    const compiled = compileExpression(token.content.trimEnd(), { metrics, wants: 'boolean' })
    draft.step[which] = token.content.trim()
    if (compiled.ok) {
      draft.checks[which] = compiled.expr
      return
    }
    const before = token.content.slice(0, compiled.fault.offset).split('\n')
    const line = start + before.length
    // Columns count in the file, where a block inside a list is indented.
    const indent = (lines[line] ?? '').indexOf((token.content.split('\n')[before.length - 1] ?? '').trimEnd())
    findings.error(
      place(line, (before.at(-1)?.length ?? 0) + 1 + Math.max(0, indent)),
      compiled.fault.message,
      compiled.fault.wayOut,
    )
  }

  function collectLinks(token: Token, draft: Draft) {
    const children = token.children ?? []
    const first = token.map?.[0] ?? 0
    for (const [i, child] of children.entries()) {
      const link = child.type === 'link_open' ? readHref(child.attrGet('href') ?? '') : undefined
      if (!link) continue
      const close = children.findIndex((c, j) => j > i && c.type === 'link_close')
      const words = children
        .slice(i + 1, close)
        .map((c) => c.content)
        .join('')
      const at = lines.findIndex((l, n) => n >= first && l.includes(`mitigation:${link.mitigation}`))
      const line = Math.max(at, first)
      const where = place(line, (lines[line] ?? '').indexOf(`mitigation:${link.mitigation}`) + 1 || 1)
      links.push({ ...link, place: where })
      if (draft.step) draft.step.links.push({ ...link, title: words })
      else
        findings.warning(
          where,
          'A link to a mitigation stands before the first heading, where nobody can cite it.',
          'Put it under the heading of a step.',
        )
    }
  }

  for (const [i, token] of tokens.entries()) {
    const draft = drafts.at(-1)
    if (!draft) break
    if (token.type === 'heading_open' && token.level === 0) {
      const [start = 0, end = start + 1] = token.map ?? []
      const words = (tokens[i + 1]?.children ?? [])
        .map((c) => c.content)
        .join('')
        .trim()
      const depth = Number(token.tag.slice(1))
      if (depth === 1 && title === undefined && drafts.length === 1) {
        title = words
        draft.from = end
        continue
      }
      ends.push(start)
      const step: Step = {
        id: anchor(words),
        title: words,
        depth,
        body: '',
        when: null,
        done: null,
        links: [],
      }
      drafts.push({ step, from: end, checks: { when: null, done: null } })
      if (drafts.length === MOST_STEPS + 2)
        findings.error(
          place(start),
          `The playbook has more than ${MOST_STEPS} headings.`,
          'Split it into several playbooks.',
        )
    } else if (token.type === 'fence' && CHECK.test(token.info.trim())) check(token, draft)
    else if (token.type === 'inline') collectLinks(token, draft)
  }

  const body = (draft: Draft, i: number) =>
    lines
      .slice(draft.from, ends[i] ?? lines.length)
      .filter((_, n) => !gone.has(draft.from + n))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  const name = title ?? file.replace(/^.*\//, '').replace(/\.md$/, '')
  const steps = drafts.flatMap((d, i) => (d.step ? [{ ...d.step, body: body(d, i) }] : []))
  if (steps.length === 0)
    findings.warning(
      place(0),
      'The playbook has no headings, so it has no steps.',
      'Give each step a heading: ## Shed load.',
    )
  return {
    file,
    view: {
      id: slugOf(name),
      title: name,
      owner: matter.owner,
      services: matter.services,
      lastReviewed: matter.lastReviewed,
      intro: drafts[0] ? body(drafts[0], 0) : '',
      steps,
    },
    checks: Object.fromEntries(drafts.flatMap((d) => (d.step ? [[d.step.id, d.checks]] : []))),
    links,
    alerts: matter.alerts,
  }
}
