/** How a goal of the exercise was met, in the words of the Homeland Security Exercise and Evaluation Program (HSEEP, 2020). */
export const RATINGS = {
  P: 'Performed without challenges',
  S: 'Performed with some challenges',
  M: 'Performed with major challenges',
  U: 'Unable to be performed',
} as const
export type Rating = keyof typeof RATINGS
export const RATING_KEYS: readonly Rating[] = ['P', 'S', 'M', 'U']
