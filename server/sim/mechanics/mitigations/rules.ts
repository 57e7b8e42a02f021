import type { Cite, Params } from '../../../../shared/contracts/mitigations.ts'
import type { ViewCtx } from '../../mechanic.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { MitigationSpec } from '../../scenario/schema.ts'
import type { MitigationsState } from './run.ts'

/** The parameters with defaults filled in, or the name of the one that does not fit. */
export function paramsOf(spec: MitigationSpec, given: Params): Params | string {
  const out: Params = {}
  for (const name of Object.keys(given)) if (!Object.hasOwn(spec.params, name)) return name
  for (const [name, param] of Object.entries(spec.params)) {
    const value = given[name] ?? param.default
    if (param.kind === 'number') {
      if (typeof value !== 'number' || !Number.isFinite(value) || value < param.min || value > param.max)
        return name
    } else if (typeof value !== 'string' || !Object.hasOwn(param.options, value)) return name
    out[name] = value
  }
  return out
}

/** Whether that step of that playbook links to the mitigation. */
export function citesIt(scenario: Scenario, cite: Cite, mitigation: string): boolean {
  const book = scenario.playbooks.find((b) => b.view.id === cite.book)
  const step = book?.view.steps.find((s) => s.id === cite.step)
  return step?.links.some((l) => l.mitigation === mitigation) ?? false
}

/** Why it cannot be proposed or begun now, in words that tell no more than the dashboards do; null when it can. */
export function unavailableWhy(state: MitigationsState, id: string, ctx: ViewCtx): string | null {
  const spec = ctx.scenario.spec.mitigations[id]
  if (!spec) return 'It does not exist.'
  const running = state.runs.find((r) => r.mitigation === id && r.state === 'in-progress')
  if (running) return 'Somebody is doing it right now.'
  if (spec.once && state.runs.some((r) => r.mitigation === id && r.state === 'done'))
    return 'It has been done already.'
  const needs = ctx.scenario.expr.mitigations[id]
  const holds = needs ? needs.value(ctx.seen) : true
  // What nobody can see while monitoring is down is left to the people: they act blind, as they would.
  const blind = ctx.truth.latest(ctx.scenario.columnOf('monitoring.up') ?? -1) === 0
  if (holds !== true && !(holds === null && blind))
    return spec.needs_text === '' ? `It needs: ${spec.needs ?? ''}` : spec.needs_text
  return null
}
