/**
 * Puts text on the clipboard; false when the browser will not. The newer way needs a secure context, which a local
 * network has not; the older way still works there.
 */
export async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // Not allowed: the older way may be.
    field?.focus()
  }
  if (!field) return false
  field.focus()
  field.select()
  return document.execCommand('copy')
}
