import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import markdownIt from 'markdown-it'
import { wallMs } from '../../shared/ids.ts'
import { csv } from '../../server/exports/csv.ts'
import { exporters } from '../../server/exports/index.ts'
import { plain, prose } from '../../server/exports/markdown.ts'
import { RecordSchema } from '../../shared/record.ts'
import { ana, fired, joined, log, minutes, proposed, settings, started } from '../sim/score/smallLog.ts'

const evil = '=HYPERLINK("http://x") <b>| **bold**'
function played() {
  const l = log()
    .says(joined(ana, 'Ana, "the hand"', 'operations'), { type: 'lifecycle.started' })
    .at(minutes(1))
    .says(fired())
    .at(minutes(2))
    .as(ana)
    .says(proposed('run-1', 'shed-load', ana, 'shed-load'), started('run-1', 'shed-load', ana, 'shed-load'))
    .says({ type: 'timeline.added', entry: 'entry-1', seat: ana, text: evil })
  return { record: l.record(), entries: l.entries }
}

/** RFC 4180 read back: what a spreadsheet would make of it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('CSV', () => {
  test('gives back every text it was given, however odd', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 4 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (rows) => {
          const guarded = rows.map((r) => r.map((c) => (/^[=+\-@\t\r]/.test(c) ? `'${c}` : c)))
          expect(readCsv(csv(rows))).toEqual(guarded)
        },
      ),
    )
  })
  test('never lets text begin as a formula', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r'])
      expect(readCsv(csv([[`${start}1`, 'x']]))[0]?.[0]).toBe(`'${start}1`)
  })
  test('leaves numbers alone, negative ones too', () => {
    expect(csv([[-5, 2.5, null]])).toBe('-5,2.5,\r\n')
  })
  test('of a timeline has one row for each happening, with names', () => {
    const { record, entries } = played()
    const rows = readCsv(exporters['timeline.csv'].write(record, entries))
    expect(rows).toHaveLength(record.timeline.length + 1)
    expect(rows.at(-1)).toEqual([
      '0:02:00',
      '120000',
      expect.stringMatching(/Z$/),
      'note',
      'Ana, "the hand"',
      `'${evil}`,
    ])
  })
  test('of a summary has a head and a row of the same length, the same head for every exercise', () => {
    const { record, entries } = played()
    const [head, row] = readCsv(exporters['summary.csv'].write(record, entries))
    expect(row).toHaveLength(head?.length ?? 0)
    const empty = log()
    expect(readCsv(exporters['summary.csv'].write(empty.record(), empty.entries))[0]).toEqual(head)
  })
})

describe('JSON', () => {
  test('holds the record and the whole log', () => {
    const { record, entries } = played()
    const file = JSON.parse(exporters.json.write(record, entries)) as {
      format: number
      record: unknown
      log: unknown[]
    }
    expect(RecordSchema.parse(file.record)).toEqual(record)
    expect(file.log).toEqual(JSON.parse(JSON.stringify(entries)))
  })
  test('does not hand out the join code', () => {
    const { record } = played()
    const open = {
      n: 0,
      input: { type: 'open', wall: wallMs(0), name: 'x', joinCode: 'BRAVE-OTTER', seed: 1, settings },
      facts: [],
    } as const
    expect(exporters.json.write(record, [open])).not.toContain('BRAVE-OTTER')
  })
  test('keeps private lines and notes private', () => {
    const l = log()
      .as(ana)
      .asks({ type: 'comms.whisper', to: null, text: 'I feel lost' })
      .says({ type: 'comms.whispered', message: 'msg-1', from: ana, to: ana, text: 'I feel lost' })
      .asks({ type: 'notes.write', text: 'Ana hesitates', objective: null })
      .says({ type: 'notes.written', note: 'note-1', seat: ana, text: 'Ana hesitates', objective: null })
    const made = Object.values(exporters).map((e) => e.write(l.record(), l.entries))
    for (const text of made) expect(text).not.toMatch(/I feel lost|Ana hesitates/)
    expect(made[0]?.match(/\(private\)/g)).toHaveLength(4)
  })
})

describe('the after-action report', () => {
  const md = markdownIt({ html: true, linkify: true })
  test('is marked EXERCISE in its title, in every section and at its end', () => {
    const { record, entries } = played()
    const text = exporters['report.md'].write(record, entries)
    const headings = text.split('\n').filter((l) => /^##? /.test(l))
    expect(headings.length).toBeGreaterThan(10)
    for (const heading of headings) expect(heading).toMatch(/^##? EXERCISE/)
    expect(text.trimEnd()).toMatch(/EXERCISE · End of report\*\*$/)
  })
  test('shows what people typed letter by letter', () => {
    const { record, entries } = played()
    const html = md.render(exporters['report.md'].write(record, entries))
    expect(html).not.toContain('<b>')
    expect(html).toContain('=HYPERLINK(&quot;http://x&quot;) &lt;b&gt;| **bold**')
  })
  test('can be written of an exercise in which nothing happened', () => {
    const l = log()
    expect(exporters['report.md'].write(l.record(), l.entries)).toContain('No action was proposed.')
  })
  test('lets authors use Markdown in the debrief, but neither HTML nor headings nor images', () => {
    const html = md.render(
      prose(
        '**Cold** cache\n\n# Heading\n\n<script>x</script> ![spy](http://x/y.png)\n\ntext\n---\n- one\n- two',
      ),
    )
    expect(html).toContain('<strong>Cold</strong>')
    expect(html).toContain('<li>one</li>')
    expect(html).not.toMatch(/<h\d|<script|<img|<hr/)
  })
  test('escapes any text so that Markdown gives it back', () => {
    const decode = (html: string) =>
      html
        .replace(/^<p>|<\/p>\n$/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
    const marks = fc.constantFrom(...'\\`*_{}[]<>#|~&!$^=+-.)(:/"\' \n1a'.split(''), '://', 'www.', '](')
    fc.assert(
      fc.property(fc.array(marks, { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join('').replace(/\s+/g, ' ').trim()
        fc.pre(text !== '')
        expect(decode(md.render(plain(text)))).toBe(text)
      }),
    )
  })
})

describe('every export', () => {
  test('has a file name that is safe in a header and on a disk', () => {
    const { record } = played()
    const odd = { ...record, scenario: { ...record.scenario, codename: '../"Payday"\r\n é' } }
    for (const [format, exporter] of Object.entries(exporters)) {
      expect(exporter.filename(odd)).toMatch(/^[a-z0-9._-]+$/)
      expect(exporter.filename(odd)).toMatch(new RegExp(`^[^.].*\\.${format.replace('.', '\\.')}$`))
      expect(exporter.contentType).toContain('charset=utf-8')
    }
  })
})
