import { dataMisfit, type Operation, OPERATIONS } from '../physics/index.ts'
import { type Desk, knownComponent, notBefore, type Path } from './lintDesk.ts'
import { lintForm } from './lintForm.ts'
import type { Findings } from './places.ts'
import type { EffectSpec, MitigationSpec, OperationSpec } from './schema.ts'
import { echo, wayOutOf } from './suggest.ts'
import { parseQuantity, WRITTEN } from './units.ts'
import { pathsOf, rangeOf } from './watchPaths.ts'

type Param = MitigationSpec['params'][string]
type Range = NonNullable<ReturnType<typeof rangeOf>>

const span = ({ min, max }: Range) => `from ${min} to ${max}`

/** A value as an effect sets it: its unit and range must fit the parameter. */
function checkValue(desk: Desk, path: Path, value: number | string, range: Range, ranged: boolean) {
  const parsed = parseQuantity(value, range.quantity)
  if (parsed === undefined) {
    desk.error(
      path,
      `${echo(JSON.stringify(value))} is not ${WRITTEN[range.quantity]}.`,
      `Write ${WRITTEN[range.quantity]}.`,
    )
  } else if (ranged && (parsed < range.min || parsed > range.max)) {
    desk.error(path, `${echo(JSON.stringify(value))} is out of range.`, `This parameter goes ${span(range)}.`)
  }
}

/** What a player may choose must fit the parameter it goes into, whatever they choose. */
function checkParam(desk: Desk, path: Path, param: Param, range: Range) {
  if (param.kind === 'choice') {
    for (const option of Object.keys(param.options)) checkValue(desk, path, option, range, true)
    return
  }
  if (param.min < range.min || param.max > range.max)
    desk.error(
      path,
      `The choice from ${param.min} to ${param.max} goes beyond what this can be.`,
      `This parameter goes ${span(range)}: narrow \`min\` and \`max\`.`,
    )
}

/** Effects must change something that exists, to something it can be. */
export function lintEffects(
  desk: Desk,
  path: Path,
  effects: readonly EffectSpec[],
  params: Readonly<Record<string, Param>> | undefined,
): void {
  for (const [i, effect] of effects.entries()) {
    const at = (field: string) => [...path, i, field]
    const range = rangeOf(desk.model, effect.path)
    notBefore(desk, at('over'), effect.over)
    if (!range) {
      const names = pathsOf(desk.model)
      desk.error(
        at('path'),
        `There is no parameter \`${echo(effect.path)}\`.`,
        pathWayOut(effect.path, names),
      )
      continue
    }
    if (effect.set !== undefined) checkValue(desk, at('set'), effect.set, range, true)
    if (effect.add !== undefined) checkValue(desk, at('add'), effect.add, range, false)
    if (effect.scale !== undefined && effect.scale < 0)
      desk.error(at('scale'), 'A factor is negative.', 'Use a factor from zero on.')
    if (effect.param === undefined) continue
    if (!params) {
      desk.error(at('param'), 'Only a mitigation has parameters.', 'Use `set`, `scale` or `add`.')
      continue
    }
    const names = Object.keys(params)
    if (
      !desk.known(at('param'), effect.param, names, {
        one: 'parameter',
        many: 'parameters of this mitigation',
      })
    )
      continue
    const param = params[effect.param]
    if (param) checkParam(desk, at('param'), param, range)
  }
}

/** The likely path: a whole one that is close, or what its component has. */
function pathWayOut(path: string, names: readonly string[]): string {
  const owner = path.slice(0, path.indexOf('.') + 1)
  const own = owner === '' ? [] : names.filter((n) => n.startsWith(owner))
  return wayOutOf(path, own.length > 0 ? own : names, 'parameters')
}

/** Operations must be of a kind the component knows, with arguments it takes. */
export function lintOperations(
  desk: Desk,
  path: Path,
  operations: readonly OperationSpec[],
  findings: Findings,
): void {
  for (const [i, { operation, component, args }] of operations.entries()) {
    const at = (...rest: PropertyKey[]) => [...path, i, ...rest]
    const known = desk.known(at('operation'), operation, Object.keys(OPERATIONS), {
      one: 'operation',
      many: 'operations',
    })
    const { components, traffic } = desk.spec.system
    const isSource = component.startsWith('traffic.')
    if (isSource) {
      const sources = Object.keys(traffic).map((id) => `traffic.${id}`)
      desk.known(at('component'), component, sources, { one: 'source of traffic', many: 'sources' })
    } else knownComponent(desk, at('component'), component)
    const on = Object.hasOwn(components, component) ? components[component] : undefined
    // Narrowed by `known`: the names compared are the keys themselves.
    const what: Operation | undefined = known ? OPERATIONS[operation as keyof typeof OPERATIONS] : undefined
    if (!what || (!on && !isSource)) continue
    if (isSource ? what.sources !== true : !what.kinds.some((k) => k === on?.kind)) {
      desk.error(
        at('operation'),
        `\`${operation}\` means nothing to a ${on?.kind ?? 'source of traffic'}.`,
        what.sources ? 'It is done to a source: `traffic.<id>`.' : `It works on: ${what.kinds.join(', ')}.`,
      )
      continue
    }
    const parsed = what.args.safeParse(args)
    if (!parsed.success) {
      const place = (inner: readonly PropertyKey[], key?: boolean) => desk.place(at('args', ...inner), key)
      lintForm(parsed.error.issues, { schema: what.args, value: args, place, findings, called: operation })
      continue
    }
    const c = desk.model.components.find((x) => x.id === component)
    const misfit = c && dataMisfit(c, { operation, args })
    if (misfit) desk.error(at('args', misfit.argument), misfit.message, misfit.wayOut)
    const version: unknown = args['version']
    const versions = Object.keys(on?.versions ?? {})
    if (typeof version === 'string')
      desk.known(at('args', 'version'), version, versions, {
        one: 'version',
        many: `versions of ${component}`,
      })
  }
}
