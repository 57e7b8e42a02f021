import type { Ground } from './palette.ts'

/**
 * Seven steps from few to many. Lightness runs one way only, away from the ground, so that the order can be read without telling hues
 * apart; the last steps reach 4.5:1 against the ground.
 */
const STEPS: Readonly<Record<Ground, readonly string[]>> = {
  dark: ['#1d3244', '#1f4a63', '#21657f', '#2f8490', '#5aa58f', '#a5c37d', '#f4dc7a'],
  light: ['#dbe8ee', '#b4d3de', '#86b9c9', '#5598b4', '#33749b', '#24507b', '#182b54'],
}

/** The step of a count against the greatest one, by its logarithm: a few beside many must be seen. 0 is none. */
export function heatStep(count: number, greatest: number): number {
  if (count <= 0 || greatest <= 0) return 0
  const steps = STEPS.dark.length
  const share = Math.log1p((count / greatest) * 99) / Math.log(100)
  return Math.min(steps, 1 + Math.floor(share * steps))
}

/** The colour of a step; null: nothing there. */
export const heatColour = (step: number, ground: Ground): string | null => STEPS[ground][step - 1] ?? null

/** All steps, few to many, for a legend. */
export const heatColours = (ground: Ground): readonly string[] => STEPS[ground]
