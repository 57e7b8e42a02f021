import { contracts, MECHANICS } from '../../../shared/contracts/index.ts'
import { HAPPENINGS } from '../physics/index.ts'
import { type Desk, knownComponent, notBefore, type Path } from './lintDesk.ts'
import { lintEffects, lintOperations } from './lintEffects.ts'
import type { Findings } from './places.ts'
import type { MitigationSpec, ScenarioSpec } from './schema.ts'
import { wayOutOf } from './suggest.ts'

const FACTS = MECHANICS.flatMap((m) => Object.keys(contracts[m].facts).map((f) => `${m}.${f}`))
const PLACEHOLDERS = ['ms', 'id', 'n', 'ip', 'node', 'zone', 'version', 'trace', 'to']

/** The first mistake in the values for a mitigation's parameters, from the solution or a playbook's link. */
export function paramMistake(
  spec: MitigationSpec,
  given: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly message: string; readonly wayOut: string } | undefined {
  for (const [name, value] of Object.entries(given)) {
    const param = Object.hasOwn(spec.params, name) ? spec.params[name] : undefined
    if (!param)
      return {
        name,
        message: `This mitigation has no parameter \`${name}\`.`,
        wayOut: wayOutOf(name, Object.keys(spec.params), 'parameters'),
      }
    if (param.kind === 'choice') {
      if (!Object.hasOwn(param.options, String(value)))
        return {
          name,
          message: `\`${String(value)}\` is no choice of \`${name}\`.`,
          wayOut: wayOutOf(String(value), Object.keys(param.options), 'choices'),
        }
      continue
    }
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number !== 'number' || !(number >= param.min && number <= param.max))
      return {
        name,
        message: `\`${String(value)}\` does not fit \`${name}\`.`,
        wayOut: `Use a number from ${param.min} to ${param.max}.`,
      }
  }
  return undefined
}

function lintParams(desk: Desk, path: Path, spec: MitigationSpec) {
  const taken = [...spec.effects, ...spec.effects_during].flatMap((e) => e.param ?? [])
  for (const [name, param] of Object.entries(spec.params)) {
    if (param.kind === 'number' && param.min >= param.max)
      desk.error([...path, name, 'min'], '`min` is not below `max`.', 'Swap them, or widen the range.')
    const mistake = paramMistake(spec, { [name]: param.default })
    if (mistake) desk.error([...path, name, 'default'], mistake.message, mistake.wayOut)
    // A mistyped `param` was said already; what it leaves unused is no second mistake.
    const used = taken.some((t) => t === name || !Object.hasOwn(spec.params, t))
    if (!used)
      desk.keyWarning(
        [...path, name],
        `Nothing uses the parameter \`${name}\`.`,
        'Let an effect take it with `param:`, or remove it.',
      )
  }
}

/** What players can do. */
export function lintMitigations(desk: Desk, findings: Findings): void {
  const cited = new Set(
    desk.books.flatMap((b) => b.view.steps.flatMap((s) => s.links.map((l) => l.mitigation))),
  )
  for (const [id, spec] of Object.entries(desk.spec.mitigations)) {
    const at = ['mitigations', id]
    notBefore(desk, [...at, 'takes'], spec.takes)
    notBefore(desk, [...at, 'lasts'], spec.lasts, 1)
    knownComponent(desk, [...at, 'component'], spec.component)
    lintParams(desk, [...at, 'params'], spec)
    for (const key of ['effects', 'effects_during'] as const)
      lintEffects(desk, [...at, key], spec[key], spec.params)
    for (const key of ['operations', 'operations_at_start'] as const)
      lintOperations(desk, [...at, key], spec[key], findings)
    for (const [, name = ''] of spec.reveals.matchAll(/\{metric:([^}]*)\}/g))
      desk.known([...at, 'reveals'], name, desk.metrics.names, { one: 'metric', many: 'metrics' })
    if (spec.lasts !== undefined && spec.effects.length === 0)
      desk.warning(
        [...at, 'lasts'],
        'Nothing lasts: there are no effects.',
        'Add effects, or remove `lasts`.',
      )
    if (spec.diagnostic && spec.reveals === '')
      desk.keyWarning(at, `\`${id}\` is a look that reveals nothing.`, 'Say what it finds in `reveals`.')
    const changes =
      spec.effects.length +
      spec.effects_during.length +
      spec.operations.length +
      spec.operations_at_start.length
    if (changes === 0 && spec.event === undefined && !spec.diagnostic && spec.reveals === '')
      desk.keyWarning(
        at,
        `\`${id}\` changes nothing and reveals nothing.`,
        'Give it effects, operations or an event, or say in `reveals` what people see.',
      )
    // What people come up with by themselves and should not do stands in no playbook.
    if (!cited.has(id) && (spec.class === 'right' || spec.class === 'neutral'))
      desk.keyWarning(
        at,
        `No playbook step links to \`${id}\`.`,
        `Link it from a step: [${spec.title}](mitigation:${id}).`,
      )
  }
}

/** What comes from outside. */
export function lintInjects(desk: Desk): void {
  for (const [id, spec] of Object.entries(desk.spec.injects)) {
    const at = ['injects', id]
    notBefore(desk, [...at, 'at'], spec.at)
    notBefore(desk, [...at, 'unless', 'by'], spec.unless?.by)
    if (spec.unless)
      desk.known([...at, 'unless', 'fact'], spec.unless.fact, FACTS, { one: 'fact', many: 'facts' })
    if (spec.objective !== undefined)
      desk.known([...at, 'objective'], spec.objective, Object.keys(desk.spec.objectives), {
        one: 'objective',
        many: 'objectives',
      })
    lintEffects(desk, [...at, 'effects'], spec.effects, undefined)
  }
}

/** The author's own path must exist, and must not be the only one. */
export function lintSolution(desk: Desk): void {
  const { solution, mitigations, kind } = desk.spec
  for (const [i, { mitigation, params, wait }] of solution.entries()) {
    const at = ['solution', i]
    notBefore(desk, [...at, 'wait'], wait)
    if (
      !desk.known([...at, 'mitigation'], mitigation, Object.keys(mitigations), {
        one: 'mitigation',
        many: 'mitigations',
      })
    )
      continue
    const spec = mitigations[mitigation]
    const mistake = spec && paramMistake(spec, params)
    if (mistake) desk.error([...at, 'params', mistake.name], mistake.message, mistake.wayOut)
  }
  if (kind !== 'incident') return
  const classes = Object.values(mitigations).map((m) => m.class)
  if (solution.length > 0 && !solution.some((s) => mitigations[s.mitigation]?.class === 'right'))
    desk.error(
      ['solution'],
      'No step of the solution is of class `right`.',
      'Mark what really helps with `class: right`.',
    )
  if (solution.length === 0)
    desk.error(
      ['solution'],
      'An incident needs a solution.',
      'List the mitigations that resolve it, in order.',
    )
  if (!classes.some((c) => c === 'tempting' || c === 'wrong'))
    desk.error(
      ['mitigations'],
      'Nothing can be done wrong.',
      'Add a mitigation of class `tempting` or `wrong`: what people do at first and should not.',
    )
}

function placeholders(desk: Desk, path: Path, text: string) {
  for (const [, name = ''] of text.matchAll(/\{([a-z_]+)\}/g))
    if (!PLACEHOLDERS.includes(name))
      desk.warning(
        path,
        `Nothing fills {${name}}.`,
        `There are: ${PLACEHOLDERS.map((p) => `{${p}}`).join(', ')}.`,
      )
}

/** Lines that somebody or something prints. */
export function lintLogs(desk: Desk, path: Path, logs: ScenarioSpec['logs']): void {
  for (const [i, log] of logs.entries()) {
    knownComponent(desk, [...path, i, 'component'], log.component)
    placeholders(desk, [...path, i, 'text'], log.text)
  }
}

/** Lines for what happens in the model. */
export function lintTemplates(desk: Desk): void {
  for (const [kind, lines] of Object.entries(desk.spec.log_templates)) {
    const at = ['log_templates', kind]
    if (!HAPPENINGS.some((h) => h === kind))
      desk.keyWarning(
        at,
        `Nothing that happens is called \`${kind}\`.`,
        wayOutOf(kind, HAPPENINGS, 'happenings'),
      )
    for (const [i, line] of lines.entries()) placeholders(desk, [...at, i], line)
  }
}
