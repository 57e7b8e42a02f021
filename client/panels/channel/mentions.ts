export interface TextPiece {
  readonly text: string
  /** Set when the piece is `@name` of a seat. */
  readonly mention: boolean
}

/** Cuts a message at mentions of the given names (`@Mia`, `@Ana Maria`), longest name first, in any case. */
export function splitMentions(text: string, names: readonly string[]): TextPiece[] {
  const known = names.filter((name) => name !== '').toSorted((a, b) => b.length - a.length)
  if (known.length === 0) return [{ text, mention: false }]
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`@(?:${escaped.join('|')})(?![\\p{L}\\p{N}_])`, 'giu')
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), mention: false })
    pieces.push({ text: match[0], mention: true })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), mention: false })
  return pieces
}

/** Whether a message names this person. */
export const mentionsMe = (text: string, name: string): boolean =>
  name !== '' && splitMentions(text, [name]).some((piece) => piece.mention)

/** The unfinished `@word` before the cursor and the names it may become; null when none is being typed. */
export function completions(
  draft: string,
  cursor: number,
  names: readonly string[],
): { from: number; names: string[] } | null {
  const match = /(?:^|\s)@([^\s@]{0,40})$/u.exec(draft.slice(0, cursor))
  if (!match) return null
  const typed = (match[1] ?? '').toLowerCase()
  const found = names.filter((name) => name.toLowerCase().startsWith(typed)).slice(0, 6)
  return found.length > 0 ? { from: cursor - typed.length - 1, names: found } : null
}
