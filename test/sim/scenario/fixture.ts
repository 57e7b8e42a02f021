import { compileScenario } from '../../../server/sim/scenario/compile.ts'
import type { Finding, Scenario } from '../../../server/sim/scenario/scenario.ts'

/** A small scenario without a single finding. */
export const SCENARIO = `format: 1
id: small-shop
version: 1.0.0
title: The database is slow
codename: Slow Friday
company: Small Shop
kind: incident
summary: Something is slow tonight.
level: 1
minutes: 30
licence: CC-BY-4.0
objectives:
  find-it: Name the slow component within five minutes
system:
  components:
    web:
      kind: service
      title: Web
      replicas: 4
      calls:
        shop-db: { timeout: 2s, retries: 1 }
    shop-db:
      kind: database
      title: Database
  traffic:
    shoppers: { title: Shoppers, to: web, rate: 40/s }
  custom_metrics:
    shop.lost_per_min: { title: Lost orders, unit: per_min, expr: 'traffic.shoppers.bad_per_s * 60' }
slos:
  shopping: { title: Shopping works, traffic: shoppers, objective: 99.5%, latency: 2s, period: 30d }
boards:
  main:
    title: Overview
    panels:
      - { title: Errors, metrics: [web.error_ratio] }
      - { title: Latency, metrics: { web.latency_p95: Web, shop_db.latency_p95: Database } }
alerts:
  web-slow:
    title: Web is slow
    expr: avg_over(web.latency_p95, 1m) > 0.5
    for: 1m
    severity: page
    playbook: slow-database.md#add-slots
    component: web
incident:
  truth: Every query takes twenty times as long.
  conditions:
    QUICK_AGAIN: shop_db.latency_p95 < 0.05
  chart:
    initial: calm
    states:
      calm:
        after: { 2m: slow }
      slow:
        tags: [cause-present]
        meta:
          effects:
            - { path: shop-db.service_time, scale: 20, over: 30s }
        on: { FIXED: mended, QUICK_AGAIN: mended }
      mended:
        type: final
mitigations:
  add-slots:
    title: Let the database work on more at once
    class: right
    takes: 2m
    params:
      slots: { kind: number, title: Slots, min: 64, max: 512, step: 1, default: 128 }
    effects:
      - { path: shop-db.concurrency, param: slots }
    event: FIXED
  restart-web:
    title: Restart the web servers
    class: tempting
    takes: 3m
    operations:
      - { operation: restart, component: web, args: { mode: all } }
injects:
  boss:
    title: The boss asks
    at: 10m
    from: Boss
    text: What is going on?
    objective: find-it
solution:
  - { mitigation: add-slots, params: { slots: 256 } }
debrief:
  story: The database had lost an index.
  questions: [When did you know?]
  real_case: It happens every day.
  sources:
    - { title: An index, url: 'https://example.com/index' }
`

export const PLAYBOOK = `---
title: The database is slow
owner: Data team
services: [shop-db]
alerts: [web-slow]
last_reviewed: 2026-01-31
---

Look before you restart.

## Add slots

\`\`\`check when
shop_db.saturation > 0.9
\`\`\`

\`\`\`check done
shop_db.saturation < 0.8
\`\`\`

More slots help when the machine is idle: [Use 256 slots](mitigation:add-slots?slots=256).
`

export const FILES: Readonly<Record<string, string>> = {
  'scenario.yaml': SCENARIO,
  'briefing.md': '# Tonight\n\nYou run a small shop.\n',
  'playbooks/slow-database.md': PLAYBOOK,
}

/** Text with one part changed; it must be there exactly once. */
export function changed(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`not exactly once: ${from}`)
  return text.replace(from, () => to)
}

/** Where a text (and within it, `part`) stands, as a finding says it. */
export function placeOf(text: string, whole: string, part = whole): string {
  const at = text.indexOf(whole)
  if (at < 0) throw new Error(`not there: ${whole}`)
  const before = text.slice(0, at + whole.indexOf(part)).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

export function compiled(files: Readonly<Record<string, string>> = FILES): Scenario {
  const result = compileScenario({ files }, 'hash')
  if (!result.ok) throw new Error(JSON.stringify(result.findings, null, 1))
  return result.scenario
}

/** What is said about a scenario, warnings included. */
export function findingsOf(files: Readonly<Record<string, string>>): readonly Finding[] {
  const result = compileScenario({ files }, 'hash')
  return result.ok ? result.warnings : result.findings
}

/** What is said when one part of scenario.yaml is changed. */
export function afterChange(from: string, to: string): readonly Finding[] {
  return findingsOf({ ...FILES, 'scenario.yaml': changed(SCENARIO, from, to) })
}
