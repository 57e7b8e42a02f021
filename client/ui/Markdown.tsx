import MarkdownIt, { type Token } from 'markdown-it'
import { createElement, Fragment, useMemo, type ReactNode } from 'react'
import styles from './Markdown.module.css'

type OnLink = (href: string, children: ReactNode) => ReactNode | undefined

interface Drawing {
  readonly onLink: OnLink | undefined
  /** The highest heading allowed: text inside a page never outranks the page's own headings. */
  readonly level: 2 | 3
}

const parser = new MarkdownIt({ html: false, linkify: true, typographer: false })
// What a link may lead to: the web, mail, places on this page, and schemes that `onLink` draws itself.
parser.validateLink = (href) =>
  /^(https?:|mailto:|mitigation:|playbook:|#|\.{0,2}\/|[\w-]+\.md)/i.test(href.trim())

const TAGS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote strong em s table thead tbody tr th td hr br code pre'.split(' '),
)

interface Frame {
  readonly token: Token | null
  readonly children: ReactNode[]
}

function element(
  token: Token,
  { children, drawing, key }: { children: ReactNode[]; drawing: Drawing; key: number },
): ReactNode {
  if (token.tag === 'a') {
    const href = String(token.attrGet('href') ?? '')
    const own = drawing.onLink?.(href, children)
    if (own !== undefined) return <Fragment key={key}>{own}</Fragment>
    if (/^(https?:|mailto:)/i.test(href)) {
      return (
        <a key={key} href={href} target="_blank" rel="noreferrer">
          {children}
        </a>
      )
    }
    return <Fragment key={key}>{children}</Fragment>
  }
  if (!TAGS.has(token.tag)) return <Fragment key={key}>{children}</Fragment>
  const heading = /^h(\d)$/.exec(token.tag)
  const tag = heading ? `h${Math.max(drawing.level, Number(heading[1]))}` : token.tag
  const start = token.tag === 'ol' ? Number(token.attrGet('start') ?? 1) : 1
  const drawn = createElement(tag, { key, ...(start !== 1 && { start }) }, ...children)
  return token.tag === 'table' ? (
    <div key={key} className={styles.scroll} tabIndex={0} role="group" aria-label="Table">
      {drawn}
    </div>
  ) : (
    drawn
  )
}

function leaf(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'text':
      return token.content
    case 'softbreak':
      return '\n'
    case 'hardbreak':
      return <br key={key} />
    case 'hr':
      return <hr key={key} />
    case 'code_inline':
      return <code key={key}>{token.content}</code>
    case 'fence':
    case 'code_block':
      return (
        <pre key={key} tabIndex={0}>
          <code>{token.content}</code>
        </pre>
      )
    case 'image':
      // Pictures could call home: their description stands in their place.
      return token.content
    default:
      return null
  }
}

function draw(tokens: readonly Token[], drawing: Drawing): ReactNode[] {
  const stack: Frame[] = [{ token: null, children: [] }]
  tokens.forEach((token, key) => {
    const top = stack.at(-1)
    if (!top) return
    if (token.hidden) return
    if (token.type === 'inline')
      top.children.push(
        ...draw(token.children ?? [], drawing).map((n, i) => <Fragment key={`${key}.${i}`}>{n}</Fragment>),
      )
    else if (token.nesting === 1) stack.push({ token, children: [] })
    else if (token.nesting === 0) top.children.push(leaf(token, key))
    else {
      stack.pop()
      if (top.token) stack.at(-1)?.children.push(element(top.token, { children: top.children, drawing, key }))
    }
  })
  return stack[0]?.children ?? []
}

/**
 * Markdown as React elements: no HTML, no pictures, links to other sites open apart. `onLink` may draw a link itself
 * (undefined leaves it); links to nowhere on the web that nobody draws are plain words.
 */
export function Markdown({
  source,
  onLink,
  level = 3,
}: {
  readonly source: string
  readonly onLink?: OnLink
  /** The highest heading in it. */
  readonly level?: 2 | 3
}) {
  const tokens = useMemo(() => parser.parse(source, {}), [source])
  return <div className={styles.markdown}>{draw(tokens, { onLink, level })}</div>
}
