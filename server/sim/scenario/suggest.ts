/** Edit distance between two words: insertions, deletions, replacements, and swaps of neighbours count one each. */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? a.length
}

// Longer words are not compared letter by letter: hostile input must not cost time.
const LONGEST = 80

/** The known word most like this one, if any is close enough to have been meant. */
export function closest(word: string, known: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined
  // Not every letter may differ: of a word of one letter nothing would be left.
  const most = Math.min(word.length - 1, Math.max(1, Math.floor(word.length / 3)))
  let best: string | undefined
  let bestDistance = most + 1
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= bestDistance) continue
    const d = distance(word.toLowerCase(), one.toLowerCase())
    if (d < bestDistance) [best, bestDistance] = [one, d]
  }
  return best
}

/** At most 80 characters of something an author wrote, to be repeated in a message. */
export const echo = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

/** A way out for an unknown name: the one that was probably meant, or those there are. */
export function wayOutOf(word: string, known: readonly string[], what: string): string {
  const meant = closest(word, known)
  if (meant !== undefined) return `Did you mean \`${meant}\`?`
  if (known.length === 0) return `There are no ${what} yet.`
  const some = known.slice(0, 8).map((k) => `\`${echo(k)}\``)
  return `Known ${what}: ${some.join(', ')}${known.length > some.length ? ` and ${known.length - some.length} more` : ''}.`
}
