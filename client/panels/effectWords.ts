import type { Effect } from '../../shared/contracts/system.ts'

const OPS: Readonly<Record<Effect['op'], (value: string) => string>> = {
  set: (value) => `is set to ${value}`,
  scale: (value) => `is multiplied by ${value}`,
  add: (value) => (value.startsWith('-') ? `is lowered by ${value.slice(1)}` : `is raised by ${value}`),
}
const number = (n: number) => String(Number(n.toPrecision(3)))

/** What is being done to the system, as a sentence: `Web tier: service time is multiplied by 3`. */
export function effectWords(effect: Effect, componentTitle: (id: string) => string): string {
  const [component = '', ...rest] = effect.path.split('.')
  const [kind, callee, ...tail] = rest
  const what =
    kind === 'calls' && callee !== undefined
      ? `calls to ${componentTitle(callee)}, ${tail.join(' ')}`
      : rest.join(' ')
  return `${componentTitle(component)}: ${what.replaceAll('_', ' ')} ${OPS[effect.op](number(effect.value))}`
}

/** Whether an effect holds at a moment of exercise time. */
export const holds = (effect: Effect, now: number): boolean =>
  effect.from <= now && (effect.until === null || now < effect.until)
