import type { z } from 'zod'
import { keysAt, kindsAt, valueAt } from './schemaKeys.ts'
import type { Findings, Place } from './places.ts'
import { echo, wayOutOf } from './suggest.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]
type PlaceOf = (path: Path, key?: boolean) => Place

export interface FormLint {
  readonly schema: z.ZodType
  /** What was parsed. */
  readonly value: unknown
  readonly place: PlaceOf
  readonly findings: Findings
  /** What the whole is called in messages. */
  readonly called?: string
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of `key: value` lines',
  record: 'a mapping of `key: value` lines',
}
const kindOf = (value: unknown): string =>
  value === null ? 'nothing' : Array.isArray(value) ? 'a list' : (KINDS[typeof value] ?? 'something else')

/** A value as its author may have written it. */
const written = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

const nameOf = (path: Path): string =>
  path.length === 0 ? 'The scenario' : `\`${echo(path.map(String).join('.'))}\``
const last = (path: Path): string => echo(String(path.at(-1) ?? 'scenario'))

/** How deep into a value the issues of one branch of a union reach: the deepest branch is the one that was meant. */
const reach = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((i) => i.path.length))

interface Said {
  readonly path: Path
  readonly key?: boolean
  readonly message: string
  readonly wayOut: string
}

function size(issue: Issue & { code: 'too_small' | 'too_big' }, path: Path): Said {
  const small = issue.code === 'too_small'
  const limit = small ? issue.minimum : issue.maximum
  const than = small ? 'at least' : 'at most'
  switch (issue.origin) {
    case 'string':
      return small && Number(limit) === 1
        ? { path, message: `${nameOf(path)} is empty.`, wayOut: 'Write something here.' }
        : {
            path,
            message: `${nameOf(path)} is too ${small ? 'short' : 'long'}.`,
            wayOut: `Use ${than} ${limit} characters.`,
          }
    case 'array':
    case 'set':
    case 'map':
      return {
        path,
        message: `${nameOf(path)} has too ${small ? 'few' : 'many'} entries.`,
        wayOut: `Give ${than} ${limit}.`,
      }
    default:
      return {
        path,
        message: `${nameOf(path)} is too ${small ? 'small' : 'large'}.`,
        wayOut: `Use a number of ${than} ${limit}.`,
      }
  }
}

/** A way out of what a schema's own check said. */
function customWayOut(message: string): string {
  const form = /is not (a .+|on or off)$/.exec(message)?.[1]
  if (form !== undefined) return `Write ${form}.`
  if (/goes from .+ to .+$/.test(message)) return 'Use a value inside that range.'
  if (message.startsWith('needs exactly one')) return 'Keep exactly one of them.'
  return 'Change it accordingly.'
}

/** One issue of the schema in plain words; several for unknown keys and for what lies inside a union. */
function say(issue: Issue, base: Path, lint: FormLint): Said[] {
  const path = [...base, ...issue.path]
  const value = valueAt(lint.value, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        key: true,
        message: `There is no \`${echo(key)}\` in ${path.length === 0 ? (lint.called ?? 'a scenario') : nameOf(path)}.`,
        // `{title: Warm, and slow}` makes `and slow` a key without a value.
        wayOut:
          key.includes(' ') && valueAt(value, [key]) === null
            ? 'If it belongs to the text before it, put that text in quotes.'
            : wayOutOf(key, keysAt(lint.schema, path, lint.value), 'keys'),
      }))
    case 'invalid_union': {
      const branches = issue.errors.filter((b) => b.length > 0)
      const [best] = [...branches].sort((a, b) => reach(b) - reach(a))
      if (best && reach(best) > 0) return best.flatMap((i) => say(i, path, lint))
      if (issue.discriminator !== undefined) {
        // The path of such an issue ends in the field that tells the branches apart.
        const kinds = kindsAt(lint.schema, path.slice(0, -1), issue.discriminator)
        if (value === undefined)
          return [
            { ...missing(path), wayOut: `Add \`${issue.discriminator}:\` with one of: ${kinds.join(', ')}.` },
          ]
        const message = `\`${echo(written(value))}\` is no ${issue.discriminator}.`
        return [{ path, message, wayOut: wayOutOf(written(value), kinds, 'kinds') }]
      }
      if (value === undefined) return [missing(path)]
      const said = best?.find((i) => i.code !== 'invalid_type')
      if (said) return say(said, path, lint)
      const kinds = branches.flatMap((b) =>
        b.flatMap((i) => (i.code === 'invalid_type' ? [KINDS[i.expected] ?? i.expected] : [])),
      )
      return [
        {
          path,
          message: `${nameOf(path)} is ${kindOf(value)}.`,
          wayOut: `Write ${[...new Set(kinds)].join(' or ')}.`,
        },
      ]
    }
    case 'invalid_type':
      if (value === undefined) return [missing(path)]
      return [
        {
          path,
          message: `${nameOf(path)} is ${kindOf(value)}, not ${KINDS[issue.expected] ?? issue.expected}.`,
          wayOut: `Write ${KINDS[issue.expected] ?? issue.expected}.`,
        },
      ]
    case 'invalid_value': {
      if (value === undefined) return [missing(path)]
      const values = issue.values.map(String)
      return [
        {
          path,
          message: `\`${echo(written(value))}\` is no ${last(path)}.`,
          wayOut: wayOutOf(written(value), values, 'values'),
        },
      ]
    }
    case 'too_small':
    case 'too_big':
      return [size(issue, path)]
    case 'invalid_key':
      return [
        {
          path,
          key: true,
          message: `\`${last(path)}\` cannot be a name here.`,
          wayOut: `Use ${issue.issues[0]?.code === 'invalid_value' ? 'one of the known names' : (issue.issues[0]?.message ?? 'another name')}.`,
        },
      ]
    case 'invalid_format':
      return [
        {
          path,
          message: `${nameOf(path)} is not written as it should be.`,
          wayOut: issue.format === 'url' ? 'Write a whole address: https://…' : `Write ${issue.message}.`,
        },
      ]
    case 'not_multiple_of':
      return [
        {
          path,
          message: `${nameOf(path)} is no multiple of ${issue.divisor}.`,
          wayOut: `Use a multiple of ${issue.divisor}.`,
        },
      ]
    case 'invalid_element':
      return issue.issues.flatMap((i) => say(i, path, lint))
    case 'custom':
      if (value === undefined) return [missing(path)]
      return [
        { path, message: `${nameOf(path)}: ${echo(issue.message)}.`, wayOut: customWayOut(issue.message) },
      ]
  }
}

const missing = (path: Path): Said => ({
  path,
  message: `${nameOf(path)} is missing.`,
  wayOut: `Add \`${last(path)}:\`.`,
})

/** Says every issue a schema found, in plain words at its place. Gives the paths of what is wrong. */
export function lintForm(issues: readonly Issue[], lint: FormLint): Path[] {
  const said = issues.flatMap((i) => say(i, [], lint))
  for (const { path, key, message, wayOut } of said)
    lint.findings.error(lint.place(path, key), message, wayOut)
  return said.map((s) => s.path)
}
