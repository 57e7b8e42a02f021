import type { Odds, Roll } from '../../shared/contracts/mitigations.ts'
import { random } from './random.ts'

/** An action cited from an open playbook step succeeds at least this often, right or wrong: odds must not give the answer away. */
export const CITED_FLOOR = 0.9

interface Throw {
  readonly dc: number
  readonly cited: boolean
  readonly proficient: boolean
  /** 0 to 2, for good reasoning. */
  readonly bonus: number
  readonly advantage: -1 | 0 | 1
  /** Without dice everything succeeds. */
  readonly dice: boolean
}

/** Chance that one d20 plus `plus` reaches `dc`; no automatic success or failure. */
const once = (dc: number, plus: number) => Math.min(1, Math.max(0, (21 - (dc - plus)) / 20))

function chance(dc: number, plus: number, advantage: number): number {
  const p = once(dc, plus)
  if (advantage > 0) return 1 - (1 - p) * (1 - p)
  return advantage < 0 ? p * p : p
}

/** The odds of a throw with every modifier named. Deterministic; shown before anyone commits. */
export function oddsOf(t: Throw): Odds {
  const modifiers = [
    ...(t.cited ? [{ why: 'cited from the open playbook step', value: 3 }] : []),
    ...(t.proficient ? [{ why: 'proficient seat', value: 2 }] : []),
    ...(t.bonus > 0 ? [{ why: 'good reasoning', value: t.bonus }] : []),
  ]
  const sum = modifiers.reduce((n, m) => n + m.value, 0)
  let extra = 0
  if (t.cited) while (chance(t.dc, sum + extra, t.advantage) < CITED_FLOOR) extra++
  if (extra > 0) modifiers.push({ why: 'prepared: playbook actions work nine times in ten', value: extra })
  const p = t.dice ? chance(t.dc, sum + extra, t.advantage) : 1
  return { dc: t.dc, modifiers, advantage: t.advantage, chance: Math.round(p * 10_000) / 10_000 }
}

/** Rolls once for a run: the same seed and run always give the same faces. Without dice the roll is empty and succeeds. */
export function rollFor(o: { seed: number; run: string; odds: Odds; dice: boolean }): Roll {
  if (!o.dice) return { dice: [], total: 0, success: true }
  const faces = Array.from(
    { length: o.odds.advantage === 0 ? 1 : 2 },
    (_, i) => 1 + Math.floor(random(o.seed, `roll:${o.run}`, i) * 20),
  )
  const kept = o.odds.advantage < 0 ? Math.min(...faces) : Math.max(...faces)
  const total = kept + o.odds.modifiers.reduce((n, m) => n + m.value, 0)
  return { dice: faces, total, success: total >= o.odds.dc }
}
