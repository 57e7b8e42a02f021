import { describe, expect, it } from 'vitest'
import { createFindings } from '../../../server/sim/scenario/places.ts'
import { readPlaybook } from '../../../server/sim/scenario/playbook.ts'

const names = ['db.cpu', 'web.errors']
const metrics = {
  names,
  columnOf: (name: string) => (names.includes(name) ? names.indexOf(name) : undefined),
}

function read(text: string, file = 'playbooks/test.md') {
  const findings = createFindings()
  const book = readPlaybook({ file, text, findings, metrics })
  return { book, view: book?.view, findings: findings.all() }
}

describe('a playbook', () => {
  it('is called as its front matter says, and its id is the slug of that title', () => {
    const { view, findings } = read(
      '---\ntitle: Überlast — was tun?\nowner: Data team\nservices: [db]\nlast_reviewed: 2026-01-02\n---\n\nFirst look.\n\n## A\n',
    )
    expect(view).toMatchObject({
      id: 'uberlast-was-tun',
      title: 'Überlast — was tun?',
      owner: 'Data team',
      services: ['db'],
      lastReviewed: '2026-01-02',
      intro: 'First look.',
    })
    expect(findings).toEqual([])
  })

  it('of a team that knows no front matter is called by its first heading', () => {
    const { view, findings } = read('# Database runbook\n\nHello.\n\n## Restart\n\nDo it.\n')
    expect(view).toMatchObject({ id: 'database-runbook', title: 'Database runbook', intro: 'Hello.' })
    expect(view?.steps.map((s) => s.id)).toEqual(['restart'])
    expect(findings).toEqual([])
  })

  it('with front matter that is not YAML is still read, with a warning', () => {
    const { view, findings } = read('---\ntitle: [open\n---\n\n## Step\n', 'playbooks/odd.md')
    expect(view?.title).toBe('odd')
    expect(findings.map((f) => f.severity)).toEqual(['warning'])
  })

  it('has a step for each heading, at the address that GitHub gives it', () => {
    const { view } = read('## Shed load!\n\none\n\n### What is `up`?\n\ntwo\n\n## Shed load!\n\nthree\n')
    expect(view?.steps.map((s) => [s.id, s.title, s.depth, s.body])).toEqual([
      ['shed-load', 'Shed load!', 2, 'one'],
      ['what-is-up', 'What is up?', 3, 'two'],
      ['shed-load-1', 'Shed load!', 2, 'three'],
    ])
  })

  it('does not take a heading inside a code block for a step', () => {
    const { view } = read('## One\n\n```sh\n# not a heading\n```\n')
    expect(view?.steps).toHaveLength(1)
    expect(view?.steps[0]?.body).toContain('# not a heading')
  })

  it('gives its checks as expressions and keeps them out of the text', () => {
    const { book, view, findings } = read(
      '## One\n\nBefore.\n\n```check when\ndb.cpu > 0.9\n```\n\n```check done\ndb.cpu < 0.5\n```\n\nAfter.\n',
    )
    expect(view?.steps[0]).toMatchObject({
      when: 'db.cpu > 0.9',
      done: 'db.cpu < 0.5',
      body: 'Before.\n\nAfter.',
    })
    const busy = { latest: () => 0.95, window: () => [] }
    expect(book?.checks['one']?.when?.value(busy)).toBe(true)
    expect(book?.checks['one']?.done?.value(busy)).toBe(false)
    expect(findings).toEqual([])
  })

  it('links its steps to mitigations, with the parameters of the link', () => {
    const { view, book } = read(
      '## One\n\n- [Shed **40 %** at the edge](mitigation:shed-load?amount=0.4&mode=soft)\n- [Elsewhere](https://example.com)\n',
    )
    expect(view?.steps[0]?.links).toEqual([
      { mitigation: 'shed-load', title: 'Shed 40 % at the edge', params: { amount: '0.4', mode: 'soft' } },
    ])
    expect(book?.links[0]?.place).toEqual({ file: 'playbooks/test.md', line: 3, column: 31 })
  })

  it('shows HTML as text: nothing in it is ever run', () => {
    const { view } = read('## One\n\n<script>alert(1)</script> [x](javascript:alert(1))\n')
    expect(view?.steps[0]?.links).toEqual([])
  })

  it('read with Windows line ends says the same as with others', () => {
    const text = '---\ntitle: T\n---\n\n## One\n\n```check when\ndb.cpu > 1\n```\n\nText.\n'
    expect(read(text.replaceAll('\n', '\r\n')).view).toEqual(read(text).view)
  })
})

describe('mistakes in a playbook', () => {
  it('are told at the very word, also on the second line of a check', () => {
    const { findings } = read('## One\n\n```check when\ndb.cpu > 0.9 &&\n  web.erors > 1\n```\n')
    expect(findings).toMatchObject([
      { line: 5, column: 3, severity: 'error', wayOut: 'Did you mean `web.errors`?' },
    ])
  })

  it('are told at the very word in a check inside a list, too', () => {
    const { findings } = read('## One\n\n- item\n\n  ```check done\n  db.cpus < 1\n  ```\n')
    expect(findings).toMatchObject([{ line: 6, column: 3, wayOut: 'Did you mean `db.cpu`?' }])
  })

  it.each([
    ['## One\n\n```check before\ndb.cpu > 1\n```\n', 3, 'no check'],
    ['```check when\ndb.cpu > 1\n```\n\n## One\n', 1, 'before the first heading'],
    ['## One\n\n```check when\ndb.cpu > 1\n```\n\n```check when\ndb.cpu > 2\n```\n', 7, 'two `check when`'],
    ['[Shed](mitigation:shed)\n\n## One\n', 1, 'nobody can cite it'],
    ['Just text.\n', 1, 'no headings'],
    ['---\ntitle: T\n\n## One\n', 1, 'does not end'],
  ])('are told with their line: %j', (text, line, message) => {
    const { findings } = read(text)
    expect(findings).toHaveLength(1)
    expect(findings[0]?.line).toBe(line)
    expect(findings[0]?.message).toContain(message)
  })

  it('are told when it is too large to be read', () => {
    expect(read('x'.repeat(200_001)).book).toBeUndefined()
  })
})
