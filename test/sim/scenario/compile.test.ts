import { describe, expect, it } from 'vitest'
import { compileScenario } from '../../../server/sim/scenario/compile.ts'
import { afterChange, changed, compiled, FILES, findingsOf, PLAYBOOK, placeOf, SCENARIO } from './fixture.ts'

describe('a scenario that is in order', () => {
  it('compiles without a single finding', () => {
    expect(findingsOf(FILES)).toEqual([])
  })

  it('has the columns of the model first, then those of its objectives, its own, and last what players never see', () => {
    const { metrics, model, customs, columnOf, visible } = compiled()
    expect(visible).toEqual(metrics.map((_, i) => i).slice(0, -3))
    expect(metrics.slice(0, model.metrics.length)).toEqual(model.metrics)
    expect(metrics.slice(model.metrics.length).map((m) => m.name)).toEqual([
      'slo.shopping.sli',
      'slo.shopping.burn_rate',
      'slo.shopping.budget_left',
      'slo.shopping.bad_per_s',
      'slo.shopping.total',
      'slo.shopping.bad',
      'shop.lost_per_min',
      'monitoring.up',
      'alerting.up',
      'alerting.delay',
    ])
    expect(customs.map((c) => c.column)).toEqual([columnOf('shop.lost_per_min')])
  })

  it('leads an alert to the step of its playbook', () => {
    expect(compiled().alertPlaybooks).toEqual({
      'web-slow': { book: 'the-database-is-slow', step: 'add-slots' },
    })
  })

  it('looks back as far as its longest expression', () => {
    expect(compiled().horizonMs).toBe(60_000)
  })

  it('knows the states in which the cause is present, and what holds in them', () => {
    const { causeStates, stateMeta } = compiled()
    expect(causeStates).toEqual(['incident.slow'])
    expect(stateMeta['incident.slow']?.effects).toEqual([
      { path: 'shop-db.service_time', scale: 20, over: 30_000 },
    ])
  })
})

describe('findings', () => {
  it('come all at once: ten different mistakes in one scenario, each at its place with a way out', () => {
    const mistakes: readonly (readonly [from: string, to: string, part: string])[] = [
      ['licence: CC-BY-4.0', 'licence: CC-BY-4.0\nlicense: MIT', 'license'],
      ['latency: 2s, period', 'latency: 2, period', '2,'],
      ['[web.error_ratio]', '[web.eror_ratio]', 'web.eror_ratio'],
      ['avg_over(web.latency_p95, 1m)', 'avg_over(web.latency_p59, 1m)', 'web.latency_p59'],
      ['slow-database.md#add-slots', 'slow-database.md#add-slot', 'slow-database.md'],
      ['shop-db.service_time, scale', 'shop-db.servicetime, scale', 'shop-db.servicetime'],
      ['after: { 2m: slow }', 'after: { 2m: slow }\n        on: { BREAK: slow }', 'BREAK'],
      ['param: slots', 'param: slot', 'slot'],
      ['operation: restart,', 'operation: reboot,', 'reboot'],
      ['objective: find-it', 'objective: find-them', 'find-them'],
    ]
    const text = mistakes.reduce((t, [from, to]) => changed(t, from, to), SCENARIO)
    const found = findingsOf({ ...FILES, 'scenario.yaml': text })
    const places = mistakes.map(([, to, part]) => placeOf(text, to, part))
    expect(found.map((f) => `${f.line}:${f.column}`).sort()).toEqual([...places].sort())
    expect(found.every((f) => f.file === 'scenario.yaml' && f.message !== '' && f.wayOut !== '')).toBe(true)
  })

  it.each([
    ['objectives:', 'objectivs:', 'Did you mean `objectives`?'],
    ['kind: database', 'kind: databse', 'Did you mean `database`?'],
    ['[web.error_ratio]', '[web.error_ration]', 'Did you mean `web.error_ratio`?'],
    [
      'shop-db: { timeout: 2s, retries: 1 }',
      'shop-db: { timeout: 2s, retris: 1 }',
      'Did you mean `retries`?',
    ],
    ['component: web\nincident', 'component: wep\nincident', 'Did you mean `web`?'],
    ['severity: page', 'severity: pge', 'Did you mean `page`?'],
    ['- { mitigation: add-slots', '- { mitigation: add-slot', 'Did you mean `add-slots`?'],
    ['args: { mode: all }', 'args: { mod: all }', 'Did you mean `mode`?'],
    ['traffic: shoppers, objective', 'traffic: shopers, objective', 'Did you mean `shoppers`?'],
  ])('know what was meant by a slip of the pen: %s → %s', (from, to, wayOut) => {
    expect(afterChange(from, to).map((f) => f.wayOut)).toContain(wayOut)
  })

  it.each([
    ['takes: 2m', 'takes: 2', 'a time with its unit'],
    ['rate: 40/s', 'rate: fast', 'a rate with its unit'],
    ['scale: 20, over', 'set: 20, over', 'a time with its unit'],
    ['scale: 20, over', 'set: 30d, over', '0 to 86400'],
    ['max: 512', 'max: 1e9', 'narrow `min` and `max`'],
    ['objective: 99.5%', 'objective: 100%', 'like 99.9%'],
    ['takes: 3m', 'takes: -3m', 'from zero on'],
    ['param: slots }', 'param: slots, add: 1 }', 'exactly one'],
    ['at: 10m', 'by_hand: true\n    at: 10m', 'exactly one'],
    ['slots: 256 }', 'slots: 1024 }', 'from 64 to 512'],
  ])('say which unit and range a number needs: %s → %s', (from, to, wayOut) => {
    const found = afterChange(from, to)
    expect(found.some((f) => f.severity === 'error' && f.wayOut.includes(wayOut))).toBe(true)
  })

  it('ask an incident for a right answer, and for something tempting beside it', () => {
    expect(afterChange('class: right', 'class: neutral').map((f) => f.message)).toEqual([
      'No step of the solution is of class `right`.',
    ])
    expect(afterChange('class: tempting', 'class: neutral').map((f) => f.message)).toContain(
      'Nothing can be done wrong.',
    )
  })

  it('warn of an alert without a playbook and of a help that no playbook names', () => {
    const found = afterChange('    playbook: slow-database.md#add-slots\n', '')
    expect(found).toMatchObject([{ severity: 'warning', message: 'The alert `web-slow` names no playbook.' }])
    const unlinked = findingsOf({
      ...FILES,
      'playbooks/slow-database.md': changed(
        PLAYBOOK,
        '(mitigation:add-slots?slots=256)',
        '(https://example.com)',
      ),
    })
    expect(unlinked.map((f) => f.severity)).toEqual(['warning'])
    expect(unlinked[0]?.message).toContain('`add-slots`')
  })

  it('warn of an event that is sent but that no state takes', () => {
    const found = afterChange('event: FIXED', 'event: FIXDE')
    expect(found.find((f) => f.message.includes('No state takes'))?.wayOut).toBe('Did you mean `FIXED`?')
  })

  it('stand in the playbook when the mistake is there', () => {
    const text = changed(
      changed(PLAYBOOK, 'shop_db.saturation < 0.8', 'shop_db.saturashun < 0.8'),
      'slots=256',
      'slots=9',
    )
    const found = findingsOf({ ...FILES, 'playbooks/slow-database.md': text })
    expect(found.map((f) => `${f.file}:${f.line}:${f.column}`)).toEqual([
      `playbooks/slow-database.md:${placeOf(text, 'shop_db.saturashun')}`,
      `playbooks/slow-database.md:${placeOf(text, 'mitigation:add-slots')}`,
    ])
  })

  it('point into an expression on several lines', () => {
    const text = changed(
      SCENARIO,
      'expr: avg_over(web.latency_p95, 1m) > 0.5',
      'expr: |\n      web.error_ratio > 0.1 ||\n      web.latency_p59 > 1',
    )
    const [found] = findingsOf({ ...FILES, 'scenario.yaml': text })
    expect(`${found?.line}:${found?.column}`).toBe(placeOf(text, 'web.latency_p59'))
  })
})

describe('a scenario with a line missing', () => {
  it('is compiled or answered with findings, whichever line it is', () => {
    const lines = SCENARIO.split('\n')
    for (const [i, line] of lines.entries()) {
      const text = lines.filter((_, n) => n !== i).join('\n')
      const found = findingsOf({ ...FILES, 'scenario.yaml': text })
      for (const f of found) expect(f.line, line).toBeLessThanOrEqual(lines.length)
    }
  })
})

describe('a folder that is no scenario', () => {
  it('is refused with what is missing', () => {
    expect(findingsOf({}).map((f) => `${f.file} ${f.message}`)).toEqual([
      'briefing.md There is no briefing.',
      'scenario.yaml There is no scenario.yaml.',
    ])
  })

  it.each([
    ['an empty file', ''],
    ['a number', '42'],
    ['a list', '- a\n- b'],
    ['broken YAML', 'id: [1, 2\nfoo: "bar'],
    ['a key twice', 'id: a\nid: b'],
    ['an unknown tag', 'id: !!js/function "x"'],
    ['nesting without end', '['.repeat(100_000)],
    ['dashes without end', '- '.repeat(100_000)],
    [
      'an alias bomb',
      `a: &a [x, x]\n${Array.from({ length: 20 }, (_, i) => `${'bcdefghijklmnopqrstuvw'[i]}: &${'bcdefghijklmnopqrstuvw'[i]} [*${'abcdefghijklmnopqrstuv'[i]}, *${'abcdefghijklmnopqrstuv'[i]}]`).join('\n')}`,
    ],
    ['a reserved name', '__proto__: { a: 1 }\nconstructor: 2'],
    ['half a megabyte of nothing', ' '.repeat(600_000)],
  ])('is answered with findings, never with a throw: %s', (_what, text) => {
    const result = compileScenario({ files: { ...FILES, 'scenario.yaml': text } }, 'hash')
    expect(result.ok).toBe(false)
    expect(result.ok || result.findings.length).toBeGreaterThan(0)
  })
})
