// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { Markdown } from '../../../client/ui/Markdown.tsx'

afterEach(cleanup)

describe('Markdown', () => {
  test('draws headings, lists, tables and code as elements', () => {
    const { container } = render(
      <Markdown
        source={'# Title\n\n- one\n- two\n\n3. three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```'}
      />,
    )
    expect(screen.getByRole('heading', { level: 3 }).textContent).toBe('Title')
    expect(container.querySelectorAll('ul > li')).toHaveLength(2)
    expect(container.querySelector('ul > li')?.innerHTML).toBe('one')
    expect(container.querySelector('ol')?.getAttribute('start')).toBe('3')
    expect(container.querySelectorAll('td')).toHaveLength(2)
    expect(container.querySelector('pre')?.textContent).toBe('code\n')
  })

  test('takes HTML as words and drops pictures, keeping their description', () => {
    const { container } = render(
      <Markdown source={'<img src=x onerror=alert(1)> ![a cat](https://example.org/cat.png)'} />,
    )
    expect(container.querySelector('img')).toBeNull()
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>')
    expect(container.textContent).toContain('a cat')
  })

  test('a script address is no link', () => {
    const { container } = render(<Markdown source={'[press](javascript:alert(1)) [me](data:text/html,x)'} />)
    expect(container.querySelector('a')).toBeNull()
  })

  test('links to other sites open apart and tell them nothing', () => {
    render(<Markdown source="[docs](https://example.org/)" />)
    const link = screen.getByRole('link', { name: 'docs' })
    expect(link.getAttribute('rel')).toBe('noreferrer')
    expect(link.getAttribute('target')).toBe('_blank')
  })

  test('a link can be drawn by whoever uses it', () => {
    render(
      <Markdown
        source="Then [shed load](mitigation:shed-load?share=40)."
        onLink={(href, children) =>
          href.startsWith('mitigation:') ? <button type="button">{children}</button> : undefined
        }
      />,
    )
    expect(screen.getByRole('button', { name: 'shed load' })).toBeTruthy()
  })
})
