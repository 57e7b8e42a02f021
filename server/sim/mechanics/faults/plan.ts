import type { FactOf } from '../../../../shared/contracts/index.ts'
import type { Refusal } from '../../mechanic.ts'
import type { Model } from '../../physics/index.ts'
import { ownerOf } from '../../physics/owners.ts'
import { closest } from '../../scenario/suggest.ts'
import { parseQuantity, WRITTEN } from '../../scenario/units.ts'
import { pathsOf, rangeOf, watchParameter } from '../../scenario/watchPaths.ts'
import { faultOf } from './catalogue.ts'
import { baseOf, targetsOf } from './targets.ts'
import { amountText, valueText } from './words.ts'

type Started = FactOf<'faults'> & { type: 'faults.started' }
/** What would be done: the effects that hold, what is done at once, and the sentence that says so. */
export type Plan = Pick<Started, 'title' | 'effects' | 'operations'>

const isRefusal = (x: Plan | Refusal): x is Refusal => 'code' in x
export { isRefusal }

/** Of a path nobody knows: the ones that may have been meant. */
function meant(path: string, known: readonly string[]): string {
  const near = closest(path, known)
  if (near !== undefined) return `did you mean ${near}?`
  const last = path.split('.').at(-1) ?? ''
  const alike = known.filter((k) => k.endsWith(`.${last}`)).slice(0, 3)
  return alike.length > 0 ? `there is ${alike.join(', ')}` : 'look it up in the list'
}

/** What a fault of the catalogue does to one target, or why it cannot happen. Changes nothing. */
export function planFault(
  model: Model,
  o: { readonly fault: string; readonly target: string; readonly amount?: number | undefined },
): Plan | Refusal {
  const fault = faultOf(o.fault)
  if (!fault) return { code: 'no-such-thing', where: 'fault' }
  const target = targetsOf(model).find((t) => t.id === o.target)
  if (!target) {
    const near = closest(
      o.target,
      [...targetsOf(model)].map((t) => t.id),
    )
    return { code: 'no-such-thing', where: near === undefined ? 'target' : `did you mean ${near}?` }
  }
  if (!target.faults.includes(o.fault)) return { code: 'does-not-fit', where: target.title.slice(0, 80) }
  const { amount } = fault
  const chosen = o.amount ?? amount?.default ?? 0
  if (amount && (chosen < amount.min || chosen > amount.max))
    return {
      code: 'out-of-range',
      where: `from ${amountText(amount.min, amount.unit)} to ${amountText(amount.max, amount.unit)}`,
    }
  const base = baseOf(model, target.id)
  return {
    title: fault.says
      .replace('{target}', target.title)
      .replace('{amount}', amount ? amountText(chosen, amount.unit) : ''),
    effects: fault.changes.map(({ parameter, op, value }) => ({
      path: `${target.id}.${parameter}`,
      op,
      value: value(chosen, base),
    })),
    operations: (fault.operations ?? []).map(({ operation, args }) => ({
      operation,
      component: target.id,
      args: { ...args(chosen, base) },
    })),
  }
}

const DONE = {
  set: (value: string) => `is set to ${value}`,
  scale: (value: string) => `is multiplied by ${value}`,
  add: (value: string) => `is changed by ${value}`,
} as const

/** What setting a parameter by hand does, or why not: with the path that was meant, or the range. Changes nothing. */
export function planOverride(
  model: Model,
  o: { readonly path: string; readonly op: 'set' | 'scale' | 'add'; readonly value: string },
): Plan | Refusal {
  const slot = rangeOf(model, o.path)
  if (!slot) return { code: 'no-such-parameter', where: meant(o.path, pathsOf(model)) }
  const { quantity, min, max } = slot
  // A factor is a plain number whatever it multiplies; `50%` and `×2` are how people write one.
  const value =
    o.op === 'scale'
      ? parseQuantity(o.value.trim().replace(/^[×x*]\s*/, ''), 'ratio')
      : parseQuantity(o.value, quantity)
  if (value === undefined)
    return { code: 'not-written-so', where: o.op === 'scale' ? 'a factor, like 2 or 50%' : WRITTEN[quantity] }
  const span = max - min
  const [low, high] = o.op === 'set' ? [min, max] : o.op === 'add' ? [-span, span] : [0, MOST_TIMES]
  if (value < low || value > high) {
    const say = (x: number) => (o.op === 'scale' ? String(x) : valueText(x, quantity))
    return { code: 'out-of-range', where: `from ${say(low)} to ${say(high)}` }
  }
  const owner = targetsOf(model).find((t) => t.id === ownerOf(o.path).id)
  const name = o.path.slice(ownerOf(o.path).id.length + 1)
  const written = o.op === 'scale' ? String(value) : valueText(value, quantity)
  return {
    title: `${owner?.title ?? watchParameter(o.path)?.owner ?? ownerOf(o.path).id}: ${name.replaceAll('_', ' ')} ${DONE[o.op](written)}`,
    effects: [{ path: o.path, op: o.op, value }],
    operations: [],
  }
}

/** A factor beyond this is a slip of the hand: every range ends long before. */
const MOST_TIMES = 1e6
