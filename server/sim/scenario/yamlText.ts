import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml'
import type { Findings, Place } from './places.ts'

/** A YAML file that was read: its plain value, and where each part of it stands. */
export interface YamlText {
  readonly value: unknown
  /** Where a value stands (or, with `key`, its key); the nearest part around it when it is not there. */
  place(path: readonly PropertyKey[], key?: boolean): Place
  /** Where character `offset` of a text value stands. */
  placeIn(path: readonly PropertyKey[], offset: number): Place
}

const LONGEST = 500_000
const DEEPEST = 40
const MOST_ALIASES = 100

/** Whether a parser that calls itself could run out of stack: brackets and dashes can nest without any indentation. */
function tooDeep(text: string): boolean {
  let open = 0
  for (const c of text) {
    if (c === '[' || c === '{') open++
    else if (c === ']' || c === '}') open = Math.max(0, open - 1)
    if (open > DEEPEST * 4) return true
  }
  return text.split('\n').some((line) => {
    const indent = /^[\s?:-]*/.exec(line)?.[0] ?? ''
    return indent.length > 400 || indent.replace(/\s/g, '').length > DEEPEST
  })
}

function depthOf(doc: Document): number {
  let most = 0
  visit(doc, {
    Collection(_key, _node, path) {
      most = Math.max(most, path.filter((p) => isCollection(p)).length + 1)
      return most > DEEPEST ? visit.BREAK : undefined
    },
  })
  return most
}

/** The first line of the parser's message: the rest is a drawing of the place, which a finding gives by itself. */
const headline = (message: string): string =>
  (message.split('\n')[0] ?? message)
    .replace(/ at line \d+, column \d+:?$/, '')
    // The parser repeats what it stumbled over, however long.
    .replace(/\S{40,}/g, (word) => `${word.slice(0, 39)}…`)

function wayOutOf(code: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'Remove one of the two, or join them.'
    case 'TAB_AS_INDENT':
      return 'Indent with spaces.'
    case 'BAD_INDENT':
    case 'MISSING_CHAR':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'Check the indentation, and put texts that hold `: ` or `#` in quotes.'
    default:
      return 'Check the indentation and the quotes around it.'
  }
}

/** Reads YAML 1.2 as plain data: no tags, no merge keys, few aliases, bounded in size and depth. Undefined when it cannot be read. */
export function readYaml(file: string, text: string, findings: Findings): YamlText | undefined {
  const top: Place = { file, line: 1, column: 1 }
  if (text.length > LONGEST) {
    findings.error(top, 'The file is longer than 500 kB.', 'Move prose into briefing.md and playbooks.')
    return undefined
  }
  if (tooDeep(text)) {
    findings.error(top, `Something is nested more than ${DEEPEST} levels deep.`, 'Flatten it.')
    return undefined
  }
  const counter = new LineCounter()
  const doc = parseDocument(text, { lineCounter: counter, schema: 'core', strict: true, uniqueKeys: true })
  const at = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  for (const e of [...doc.errors, ...doc.warnings])
    findings.error(at(e.pos[0]), `This is not YAML: ${headline(e.message)}.`, wayOutOf(e.code))
  if (doc.errors.length > 0 || doc.warnings.length > 0) return undefined
  if (depthOf(doc) > DEEPEST) {
    findings.error(top, `Something is nested more than ${DEEPEST} levels deep.`, 'Flatten it.')
    return undefined
  }
  let aliases = 0
  visit(doc, { Alias: () => void aliases++ })
  if (aliases > MOST_ALIASES) {
    findings.error(top, `There are more than ${MOST_ALIASES} aliases.`, 'Write the parts out.')
    return undefined
  }
  let value: unknown
  try {
    value = doc.toJS({ maxAliasCount: MOST_ALIASES })
  } catch {
    // The library's guard against aliases of aliases of aliases.
    findings.error(top, 'Its aliases would unfold to too much.', 'Write the parts out.')
    return undefined
  }

  const nodeAt = (path: readonly PropertyKey[]): unknown => {
    let node: unknown = doc.contents
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(doc)
      node = isCollection(node) ? node.get(typeof step === 'symbol' ? '' : step, true) : undefined
    }
    return node
  }
  const keyAt = (path: readonly PropertyKey[]): unknown => {
    const parent = nodeAt(path.slice(0, -1))
    if (!isMap(parent)) return undefined
    const name = String(path.at(-1))
    return parent.items.find((i) => isPair(i) && isScalar(i.key) && String(i.key.value) === name)?.key
  }
  const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)
  function place(path: readonly PropertyKey[], key = false): Place {
    for (let n = path.length; n >= 0; n--) {
      const part = path.slice(0, n)
      // What is missing is told at the key of what surrounds it, where the eye looks for it.
      const asKey = key || n < path.length
      const offset = (asKey ? start(keyAt(part)) : undefined) ?? start(nodeAt(part)) ?? start(keyAt(part))
      if (offset !== undefined) return at(offset)
    }
    return top
  }
  return {
    value,
    place,
    placeIn(path, offset) {
      const node = nodeAt(path)
      const from = start(node)
      if (!isScalar(node) || from === undefined) return place(path)
      return at(from + within(node, text.slice(from, node.range?.[1]), offset))
    },
  }
}

/** How far into the source of a scalar the character `offset` of its value lies; its beginning when that cannot be said. */
function within(node: Scalar, source: string, offset: number): number {
  switch (node.type) {
    case 'PLAIN':
      return source.includes('\n') ? 0 : offset
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
      return source.includes('\n') || source.includes('\\') ? 0 : offset + 1
    case 'BLOCK_LITERAL': {
      const value = typeof node.value === 'string' ? node.value : ''
      const before = value.slice(0, offset).split('\n')
      const lines = source.split('\n')
      const indent = /^ */.exec(lines.find((l, i) => i > 0 && l.trim() !== '') ?? '')?.[0].length ?? 0
      const skipped = lines.slice(0, before.length).reduce((n, l) => n + l.length + 1, 0)
      return skipped + indent + (before.at(-1)?.length ?? 0)
    }
    default:
      return 0
  }
}
