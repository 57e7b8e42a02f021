/** How hard a scenario is, in a word, by its level. */
export const LEVELS = [
  { level: 1, word: 'first steps' },
  { level: 2, word: 'easy' },
  { level: 3, word: 'moderate' },
  { level: 4, word: 'hard' },
  { level: 5, word: 'expert' },
] as const

export const levelWord = (level: number): string =>
  LEVELS.find((l) => l.level === level)?.word ?? `level ${level}`
