import type { Cite, MitigationInfo, ParamInfo, Params } from '../../../shared/contracts/mitigations.ts'
import type { Reading } from '../deskState.ts'

/** A parameter's value as a link or a form wrote it, brought into what the parameter takes; its default otherwise. */
export function paramValue(param: ParamInfo, written: string | undefined): number | string {
  if (param.kind === 'choice') return param.options.find((o) => o.value === written)?.value ?? param.default
  const value = written === undefined || written.trim() === '' ? Number.NaN : Number(written)
  return Number.isFinite(value) ? Math.min(param.max, Math.max(param.min, value)) : param.default
}

/** All parameters of an action, from what was written and the defaults. */
export const paramsFrom = (info: MitigationInfo, written: Readonly<Record<string, string>>): Params =>
  Object.fromEntries(info.params.map((param) => [param.id, paramValue(param, written[param.id])]))

/** The step to cite: the open one, when it links to this action. */
export function citeFor(info: MitigationInfo, reading: Reading | null): Cite | null {
  if (!reading || reading.step === null) return null
  return info.steps.find((s) => s.book === reading.book && s.step === reading.step) ?? null
}

/** Actions that match every word, in the order of the catalogue, diagnostics apart from mitigations. */
export function searchCatalogue(
  catalogue: readonly MitigationInfo[],
  query: string,
  componentTitle: (id: string | null) => string,
): { diagnostics: MitigationInfo[]; mitigations: MitigationInfo[] } {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = catalogue.filter((m) => {
    const hay = `${m.title} ${m.description} ${componentTitle(m.component)}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  })
  return { diagnostics: found.filter((m) => m.diagnostic), mitigations: found.filter((m) => !m.diagnostic) }
}

/** A probability as people say it: `85 %`. */
export const chance = (p: number): string => `${Math.round(p * 100)} %`

/** How far a piece of work is, 0 to 1. */
export function progress({
  startedAt,
  endsAt,
  now,
}: {
  startedAt: number | null
  endsAt: number | null
  now: number
}): number {
  if (startedAt === null || endsAt === null || endsAt <= startedAt) return 0
  return Math.min(1, Math.max(0, (now - startedAt) / (endsAt - startedAt)))
}
