const PREFIX = 'rfr.draft.'

/** What somebody began to write and did not send, by place; empty when there is nothing or storage is forbidden. */
export function readDraft(place: string): string {
  try {
    return localStorage.getItem(PREFIX + place) ?? ''
  } catch {
    return ''
  }
}

/** Keeps a draft over reloads; an empty one is forgotten. */
export function keepDraft(place: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(PREFIX + place)
    else localStorage.setItem(PREFIX + place, text)
  } catch {
    // Storage forbidden or full: the draft lives as long as the page.
    return
  }
}
