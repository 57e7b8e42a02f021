import type { z } from 'zod'
import type { ChartContext } from './chartCheck.ts'
import type { Path } from './chartTree.ts'
import { echo, wayOutOf } from './suggest.ts'

const STATE_KEYS = [
  'id',
  'initial',
  'type',
  'states',
  'on',
  'always',
  'after',
  'onDone',
  'tags',
  'meta',
  'description',
]
const TRANSITION_KEYS = ['target', 'guard', 'reenter', 'description']
const FORBIDDEN: Readonly<Record<string, string>> = {
  history: 'History states do not load here: split the state in two instead.',
  output: 'Charts have no output here: leave it out.',
  cond: 'XState v5 calls it `guard`.',
  data: 'XState v5 has no `data`: leave it out.',
  services: 'Invoked actors do not run here: use `after` or a condition.',
  activities: 'Activities do not run here: use `meta: effects`.',
  in: 'Ask with a guard over metrics instead.',
  delay: 'Put the delay as a key under `after`.',
}

type Issue = z.core.$ZodIssue
const deepest = (issues: readonly Issue[]): number =>
  Math.max(0, ...issues.map((i) => i.path.length + (i.code === 'invalid_type' ? 0 : 0.5)))

/** Of a union's alternatives, the complaints of the one that came furthest: most likely what the author was writing. */
function flat(issues: readonly Issue[], base: Path): { issue: Issue; path: Path }[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = issue.errors.toSorted((a, b) => deepest(b) - deepest(a))[0] ?? []
      return flat(best, path)
    }
    if (issue.code === 'invalid_key') return [{ issue: issue.issues[0] ?? issue, path }]
    return [{ issue, path }]
  })
}

const known = (path: Path): readonly string[] => {
  return path.some((p) => p === 'always' || p === 'on' || p === 'after' || p === 'onDone')
    ? TRANSITION_KEYS
    : STATE_KEYS
}

/** Reports what a schema of the chart found, at its place, with a way out. Messages may carry their own behind ` → `. */
export function reportIssues(
  issues: readonly Issue[],
  { findings, place }: Pick<ChartContext, 'findings' | 'place'>,
) {
  for (const { issue, path } of flat(issues, [])) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        findings.error(
          place([...path, key], true),
          `unknown key \`${echo(key)}\``,
          FORBIDDEN[key] ?? wayOutOf(key, known(path), 'keys here'),
        )
      continue
    }
    const [message = '', wayOut] = issue.message.split(' → ')
    const name = path.findLast((p) => typeof p === 'string')
    const isKey = issue.code === 'invalid_format' || (issue.code === 'custom' && path.at(-2) === 'after')
    findings.error(
      place(path, isKey),
      `\`${echo(String(name ?? 'chart'))}\` ${sentence(issue, message)}`,
      wayOut ?? 'See the format of the incident chart: it is the JSON subset of an XState v5 machine.',
    )
  }
}

function sentence(issue: Issue, message: string): string {
  if (issue.code === 'invalid_type')
    return `should be ${issue.expected === 'object' || issue.expected === 'record' ? 'a mapping' : issue.expected === 'array' ? 'a list' : `a ${issue.expected}`}`
  return /^(is|are) /.test(message) ? message : `: ${message}`
}
