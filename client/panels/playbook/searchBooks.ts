import MiniSearch from 'minisearch'
import type { Playbook } from '../../../shared/contracts/playbooks.ts'

export interface Found {
  readonly book: string
  readonly step: string | null
  readonly bookTitle: string
  readonly stepTitle: string
}

/** A full-text index over every step of every book; titles weigh more, beginnings and small slips of words match. */
export function bookIndex(books: readonly Playbook[]): (query: string) => Found[] {
  const pages = books.flatMap((book) => [
    {
      id: book.id,
      book: book.id,
      step: null,
      bookTitle: book.title,
      stepTitle: '',
      text: `${book.intro} ${book.services.join(' ')}`,
    },
    ...book.steps.map((step) => ({
      id: `${book.id}#${step.id}`,
      book: book.id,
      step: step.id,
      bookTitle: book.title,
      stepTitle: step.title,
      text: `${step.body} ${step.links.map((l) => l.title).join(' ')}`,
    })),
  ])
  const index = new MiniSearch<(typeof pages)[number]>({
    fields: ['bookTitle', 'stepTitle', 'text'],
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { bookTitle: 2, stepTitle: 3 }, combineWith: 'AND' },
  })
  index.addAll(pages)
  const byId = new Map(pages.map((page) => [page.id, page]))
  return (query) =>
    index
      .search(query)
      .slice(0, 20)
      .flatMap((hit) => byId.get(String(hit.id)) ?? [])
      .map(({ book, step, bookTitle, stepTitle }) => ({ book, step, bookTitle, stepTitle }))
}

/** A `mitigation:` link taken apart: `mitigation:shed-load?amount=0.4`. Null for any other link. */
export function mitigationLink(href: string): { mitigation: string; params: Record<string, string> } | null {
  if (!href.startsWith('mitigation:')) return null
  const [mitigation = '', query = ''] = href.slice('mitigation:'.length).split('?')
  return { mitigation, params: Object.fromEntries(new URLSearchParams(query)) }
}
