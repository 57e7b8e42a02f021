import type { StatusLevel } from '../../ui/Status.tsx'

/** The health metric in words, by its value. */
export const HEALTH_LEVELS: Readonly<Record<number, { readonly level: StatusLevel; readonly word: string }>> =
  {
    0: { level: 'good', word: 'healthy' },
    1: { level: 'warning', word: 'strained' },
    2: { level: 'bad', word: 'in trouble' },
  }
