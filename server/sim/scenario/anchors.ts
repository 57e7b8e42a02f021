const LONGEST_ANCHOR = 76
const LONGEST_SLUG = 60

/**
 * Gives headings their anchors as GitHub does: lower case, without punctuation, spaces as hyphens, `-1` behind the second
 * of the same name. Cut at 76 characters, which leaves room for the number.
 */
export function anchorsOf(): (heading: string) => string {
  const used = new Set<string>()
  return (heading) => {
    const plain = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .trim()
      .replaceAll(' ', '-')
      .slice(0, LONGEST_ANCHOR)
    const base = plain === '' ? 'step' : plain
    let anchor = base
    for (let n = 1; used.has(anchor); n++) anchor = `${base}-${n}`
    used.add(anchor)
    return anchor
  }
}

/** A title as an id: lower-case words of plain letters and digits joined by hyphens. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_SLUG)
    .replace(/-+$/, '')
  return slug === '' ? 'playbook' : slug
}
