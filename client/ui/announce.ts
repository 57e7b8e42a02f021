const listeners = new Set<(text: string) => void>()

/** Says something to people who listen to the page instead of looking at it. Politely: it waits for the end of a sentence. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text)
}

/** For the live region alone. */
export function onAnnounce(listener: (text: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
