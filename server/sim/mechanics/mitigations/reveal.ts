import type { UNITS } from '../../../../shared/contracts/system.ts'
import type { ViewCtx } from '../../mechanic.ts'

const significant = (n: number) => String(Number(n.toPrecision(3)))
const UNIT_TEXT: Readonly<Record<(typeof UNITS)[number], (n: number) => string>> = {
  '1': significant,
  ratio: (n) => `${significant(n * 100)} %`,
  percent: (n) => `${significant(n)} %`,
  s: (n) => (n < 1 ? `${significant(n * 1000)} ms` : `${significant(n)} s`),
  per_s: (n) => `${significant(n)}/s`,
  per_min: (n) => `${significant(n)}/min`,
  bytes: (n) =>
    n >= 2 ** 30
      ? `${significant(n / 2 ** 30)} GiB`
      : n >= 2 ** 20
        ? `${significant(n / 2 ** 20)} MiB`
        : `${significant(n / 1024)} KiB`,
  count: significant,
  days: (n) => `${significant(n)} days`,
}

/** The text of a diagnostic's finding, with `{metric:name}` filled from the true system as it is now. */
export function fillReveal(text: string, ctx: ViewCtx): string {
  return text.replace(/\{metric:([a-z0-9_.]+)\}/g, (_whole, name: string) => {
    const column = ctx.scenario.metrics.findIndex((m) => m.name === name)
    const metric = ctx.scenario.metrics[column]
    const value = metric ? ctx.truth.latest(column) : null
    return metric && value !== null ? UNIT_TEXT[metric.unit](value) : 'unknown'
  })
}
