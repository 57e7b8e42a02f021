import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { join_, person, type Person, picture } from './people.ts'

test.describe.configure({ timeout: 300_000 })

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) })

/** Opens a step of the playbook in front of operations and proposes what its link says. */
async function follow(ops: Person, o: { step: string; link: string; why: string }): Promise<void> {
  const { page } = ops
  await tab(page, 'Playbook').click()
  const heading = page.getByRole('button', { name: new RegExp(o.step) })
  if ((await heading.getAttribute('aria-expanded')) !== 'true') await heading.click()
  await page.getByRole('button', { name: o.link }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/Cites /)).toBeVisible()
  await dialog.getByLabel('Why, in a line').fill(o.why)
  await dialog.getByRole('button', { name: 'Propose' }).click()
  await expect(dialog).toBeHidden()
}

/** The commander approves, operations commits, and the work is waited for. */
async function carryOut(o: { commander: Person; ops: Person; title: string }): Promise<void> {
  await tab(o.commander.page, 'Actions').click()
  await o.commander.page.getByRole('button', { name: 'Approve' }).click()
  await tab(o.ops.page, 'Actions').click()
  await o.ops.page.getByRole('button', { name: /^Commit/ }).click()
  await expect(o.ops.page.getByRole('button', { name: /^Commit/ })).toBeHidden()
  await expect(o.ops.page.getByRole('progressbar', { name: new RegExp(`^${o.title}`) })).toBeHidden({
    timeout: 60_000,
  })
}

async function download(page: Page, name: RegExp): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  return readFileSync(await file.path(), 'utf8')
}

test('four people play cold-cache from the lobby to the report', async ({ browser }) => {
  const [gm, mia, leo, ada] = await Promise.all([
    person(browser, 'Gaia'),
    person(browser, 'Mia'),
    person(browser, 'Leo'),
    person(browser, 'Ada'),
  ])
  await gm.page.goto('/')
  await picture(gm, '01-home')
  await gm.page.getByRole('link', { name: /Host an exercise/ }).click()
  await expect(gm.page.getByRole('link', { name: /Amber Lantern/ })).toBeVisible()
  await picture(gm, '02-library')
  await gm.page.getByRole('link', { name: /Amber Lantern/ }).click()
  await gm.page.getByLabel('Name of the exercise').fill('Autumn fire drill')
  await gm.page.getByLabel('Your name').fill('Gaia')
  await gm.page
    .getByRole('group', { name: 'Dice' })
    .getByLabel(/No dice/)
    .check()
  await gm.page
    .getByRole('group', { name: 'Who approves actions' })
    .getByLabel(/^Commander/)
    .check()
  await picture(gm, '03-host')
  await gm.page.getByRole('button', { name: 'Open the lobby' }).click()
  await expect(gm.page.getByRole('button', { name: /Start the briefing/ })).toBeVisible()
  const code =
    /[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}/.exec(await gm.page.locator('body').innerText())?.[0] ?? ''
  expect(code).not.toBe('')

  // Lower case and without its hyphen, as people type it.
  await mia.page.goto(`/join/${code}`)
  await picture(mia, '04-join')
  await join_(mia, { code: code.toLowerCase().replace('-', ''), role: 'Incident commander' })
  await join_(leo, { code, role: 'Operations' })
  await join_(ada, { code, role: 'Communications' })
  await expect(gm.page.getByText('Ada', { exact: true })).toBeVisible()
  await picture(gm, '05-lobby-gm')
  await picture(leo, '06-lobby-player')

  await gm.page.getByRole('button', { name: /Start the briefing/ }).click()
  await expect(leo.page.getByText('Saturday, 19:40')).toBeVisible()
  await picture(leo, '07-briefing')
  await gm.page.getByRole('button', { name: /Start the clock/ }).click()
  await expect(tab(leo.page, 'Boards')).toBeVisible()
  await picture(leo, '08-war-room-quiet')
  await gm.page.getByLabel('Speed').last().selectOption({ label: '×20' })

  await expect(leo.page.getByText('Storefront answers with errors').first()).toBeVisible({ timeout: 30_000 })
  await leo.page.getByRole('button', { name: 'Acknowledge' }).first().click()
  await mia.page.getByRole('button', { name: /Declare an incident/ }).click()
  await mia.page.getByLabel('SEV-1').check()
  await mia.page.getByLabel('What users notice, in a line').fill('Product pages do not load')
  await mia.page.getByRole('button', { name: 'Declare SEV-1' }).click()
  await tab(ada.page, 'Status page').click()
  await ada.page
    .getByRole('textbox', { name: /^Update to/ })
    .fill('Product pages fail to load. We are on it; next word in fifteen minutes.')
  await ada.page.getByRole('button', { name: 'Post to the status page' }).click()

  await leo.page.getByRole('button', { name: 'Open its playbook' }).first().click()
  await picture(leo, '09-war-room-incident')
  await picture(gm, '10-gm-console')
  await follow(leo, {
    step: 'Shed load',
    link: 'Shed 80 % at the edge',
    why: 'The database drowns; the hit ratio does not move',
  })
  await picture(gm, '11-gm-request')
  await carryOut({ commander: mia, ops: leo, title: 'Turn away' })
  await follow(leo, {
    step: 'Warm the cache',
    link: 'Warm the cache from the catalogue export',
    why: 'The export does not need the database',
  })
  await carryOut({ commander: mia, ops: leo, title: 'Warm the cache' })
  await picture(leo, '12-war-room-warming')
  await tab(leo.page, 'Map').click()
  await expect(leo.page.getByText('Payment provider').first()).toBeVisible()
  await picture(leo, '13-map')
  await tab(leo.page, 'Logs').click()
  await picture(leo, '14-logs')
  await tab(leo.page, 'Changes').click()
  await picture(leo, '15-changes')
  await tab(leo.page, 'Boards').click()
  await follow(leo, { step: 'Let people back in', link: 'Re-admit everybody', why: 'The hit ratio is back' })
  await carryOut({ commander: mia, ops: leo, title: 'Let everybody in' })
  await tab(gm.page, 'Truth').click()
  await expect(gm.page.getByText(/Resolved at/).first()).toBeVisible({ timeout: 60_000 })
  await picture(gm, '16-gm-resolved')

  // Up to here nobody but the game master was sent the cause, the hidden states or what is still to come.
  const secrets = [
    'stays cold although its trigger',
    'Nadia Brandt',
    'WARM_AND_OPEN',
    'cold-cache',
    '"class":"right"',
  ]
  for (const p of [mia, leo, ada]) {
    const heard = p.heard.join('\n')
    expect(heard, 'the ears work').toContain('Product pages are slow or failing')
    expect(
      secrets.filter((secret) => heard.includes(secret)),
      p.name,
    ).toEqual([])
  }
  expect(secrets.filter((secret) => gm.heard.join('\n').includes(secret)).length).toBeGreaterThan(3)

  await gm.page.getByRole('button', { name: 'End play…' }).click()
  await gm.page.getByRole('dialog').getByRole('button', { name: 'End play' }).click()
  await leo.page.getByLabel('A card for Playbook').fill('Say how to see that shedding is enough')
  await leo.page.keyboard.press('Enter')
  await ada.page.getByLabel('A card for Continue').fill('First word within five minutes')
  await ada.page.keyboard.press('Enter')
  await gm.page.getByRole('textbox', { name: 'Action' }).fill('Warm the cache nodes one after another')
  await gm.page.getByLabel('Owner').fill('Leo')
  await gm.page.getByLabel('Due').fill('2030-01-31')
  await gm.page.getByRole('button', { name: 'Add action' }).click()
  await expect(gm.page.getByText('Warm the cache nodes one after another')).toBeVisible()
  await picture(gm, '17-hot-wash')
  await gm.page.getByRole('button', { name: 'Close the exercise' }).click()
  await expect(gm.page.getByText(/best found/i).first()).toBeVisible({ timeout: 60_000 })
  await gm.page.screenshot({ path: 'test/output/screens/18-debrief.png', fullPage: true })

  const report = await download(gm.page, /Report \(Markdown/)
  for (const words of [
    'EXERCISE',
    'Mia',
    'Leo',
    'Ada',
    'Turn away a share',
    'Warm the cache from the catalogue export',
    'Mitigated',
    'Resolved',
    'Say how to see that shedding is enough',
  ]) {
    expect(report).toContain(words)
  }
  const timeline = await download(gm.page, /Timeline \(CSV/)
  expect(timeline).toContain('Product pages do not load')
  expect(timeline.split('\r\n').length).toBeGreaterThan(20)
  const summary = await download(gm.page, /Summary \(CSV/)
  expect(summary).toMatch(/detect/i)
  const everything = JSON.parse(await download(gm.page, /Everything/)) as {
    record: {
      marks: Record<string, unknown>
      mitigations: { mitigation: string; cite: unknown }[]
      seats: { name: string }[]
    }
  }
  for (const mark of [
    'impactStart',
    'detected',
    'acknowledged',
    'declared',
    'firstRight',
    'mitigated',
    'resolved',
  ])
    expect(everything.record.marks[mark], mark).not.toBeNull()
  expect(everything.record.mitigations.map((m) => m.mitigation)).toEqual([
    'shed-at-edge',
    'warm-from-export',
    'stop-shedding',
  ])
  expect(everything.record.mitigations.every((m) => m.cite !== null)).toBe(true)
  expect(everything.record.seats.map((s) => s.name)).toEqual(['Gaia', 'Mia', 'Leo', 'Ada'])
})
