import type { z } from 'zod'
import type { MitigationClass } from '../../../shared/contracts/mitigations.ts'

/** What an author says an action is; the icon and the word carry it, the colour only helps. */
export const CLASS_WORDS: Readonly<
  Record<
    z.infer<typeof MitigationClass>,
    { readonly level: 'good' | 'warning' | 'bad' | 'unknown'; readonly word: string }
  >
> = {
  right: { level: 'good', word: 'Right' },
  neutral: { level: 'unknown', word: 'Neutral' },
  tempting: { level: 'warning', word: 'Tempting' },
  wrong: { level: 'bad', word: 'Wrong' },
}
