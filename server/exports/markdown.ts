/**
 * Text that people typed, so that Markdown shows it letter by letter: marks are escaped, line breaks become spaces.
 * A line cannot start a heading, a list, a quotation, a table cell, a link or HTML.
 */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&$]/g, (mark) => `\\${mark}`)
    .replace(/^([-+])/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll('://', '\\://')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
}

/**
 * Prose that an author wrote in Markdown: its emphasis, lists and links stay; HTML, images and headings do not work,
 * so that it cannot change what stands around it.
 */
export function prose(text: string): string {
  return text
    .trim()
    .replaceAll('<', '\\<')
    .replaceAll('![', '\\!\\[')
    .replace(/^(\s*)(#|={2,}\s*$|-{2,}\s*$|```|~~~)/gm, '$1\\$2')
}

/** A table of cells that are Markdown already; the sentence `none` when there is no row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

/** A list of items that are Markdown already; the sentence `none` when it is empty. */
export const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? none : items.map((i) => `- ${i}`).join('\n')
