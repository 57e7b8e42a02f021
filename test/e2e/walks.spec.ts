import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, expect, test } from '@playwright/test'
import { accessible, codeOn, setSpeed, tabTo } from './byHand.ts'
import { host, join_, person } from './people.ts'

/** A game master and one player who is everything, up to the lobby. */
async function table(browser: Browser, viewport?: { width: number; height: number }) {
  const gm = await person(browser, 'Gaia')
  const player = await person(browser, 'Pia', viewport)
  await host(gm, { codename: 'Tin Compass', name: 'A walk' })
  await join_(player, { code: await codeOn(gm.page), role: 'Incident commander' })
  return { gm, player }
}

test('no screen from the front page to the consoles has a grave fault of accessibility, in dark and in light', async ({
  browser,
}) => {
  const { gm, player } = await table(browser)
  await accessible(gm.page, 'lobby of the game master')
  await accessible(player.page, 'lobby of a player')
  await gm.page.getByRole('button', { name: /Start the briefing/ }).click()
  await expect(player.page.getByRole('tab', { name: 'The healthy system' })).toBeVisible()
  await accessible(player.page, 'briefing')
  await gm.page.getByRole('button', { name: /Start the clock/ }).click()
  await setSpeed(gm.page, '×60')
  await expect(player.page.getByRole('button', { name: 'Acknowledge' }).first()).toBeVisible()
  await setSpeed(gm.page, '×1')
  await accessible(player.page, 'war room')
  await accessible(gm.page, 'console')

  const { page } = await person(browser, 'Nora')
  await page.goto('/')
  await accessible(page, 'home')
  await page.getByRole('link', { name: /Host an exercise/ }).click()
  await expect(page.getByRole('link', { name: /Tin Compass/ })).toBeVisible()
  await accessible(page, 'library')
  await page.getByRole('link', { name: /Tin Compass/ }).click()
  await expect(page.getByLabel('Your name')).toBeVisible()
  await accessible(page, 'host form')
})

test('somebody without a mouse practises alone, from the front page until a page is acknowledged', async ({
  browser,
}) => {
  const { page } = await person(browser, 'Kay')
  const press = (...keys: string[]) =>
    keys.reduce((p, key) => p.then(() => page.keyboard.press(key)), Promise.resolve())
  await page.goto('/')
  await press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await press('Enter')
  await tabTo(page, /^Practise alone/)
  await press('Enter')
  await expect(page.getByRole('link', { name: /Tin Compass/ })).toBeVisible()
  await tabTo(page, /^Tin Compass/)
  await press('Enter')
  await tabTo(page, /^Start practising/)
  // A name is missing: the field says so and has the focus.
  await press('Enter')
  await expect(page.getByLabel('Your name')).toBeFocused()
  await page.keyboard.type('Kay')
  await press('Enter')
  await expect(page.getByRole('button', { name: 'Start the briefing' })).toBeVisible()
  await tabTo(page, /^Start the briefing/)
  await press('Enter')
  await expect(page.getByRole('tab', { name: 'Briefing' })).toBeVisible()
  await tabTo(page, /^Briefing/)
  await press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'The healthy system' })).toBeFocused()
  await press('Shift+Tab')
  await expect(page.getByRole('button', { name: 'Start the clock' })).toBeFocused()
  await press('Enter')
  await expect(page.getByRole('tab', { name: /^Boards/ })).toBeVisible()

  await press('?')
  const help = page.getByRole('dialog', { name: 'Help' })
  await expect(help).toBeVisible()
  await press('Escape')
  await expect(help).toBeHidden()
  await press('2')
  await expect(page.getByRole('tab', { name: /^Map/ })).toHaveAttribute('aria-selected', 'true')
  await press('1', 'a')
  await expect(page.getByRole('tab', { name: /^Actions/ })).toHaveAttribute('aria-selected', 'true')
  await tabTo(page, /^Speed of the clock/)
  await press('End')
  await expect(page.getByRole('button', { name: 'Acknowledge' }).first()).toBeVisible({ timeout: 30_000 })
  await tabTo(page, /^Acknowledge/)
  await press('Enter')
  await expect(page.getByText(/Kay took it at/)).toBeVisible()

  // A dialog takes the focus and gives it back.
  await tabTo(page, /^Declare an incident/)
  await press('Enter')
  await expect(page.getByRole('dialog').getByRole('radio', { name: /SEV-2/ })).toBeFocused()
  await press('Escape')
  await expect(page.getByRole('button', { name: /^Declare an incident/ })).toBeFocused()
})

test('somebody on a phone joins by link, acknowledges, follows the playbook and talks', async ({
  browser,
}) => {
  const gm = await person(browser, 'Gaia')
  await host(gm, { codename: 'Tin Compass', name: 'From the tram' })
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  })
  const page = await context.newPage()
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.goto(`/join/${await codeOn(gm.page)}`)
  await page.getByLabel('Your name').fill('Pia')
  await page.getByRole('checkbox', { name: /Incident commander/ }).tap()
  await page.getByRole('checkbox', { name: /Operations/ }).tap()
  await fits()
  await page.getByRole('button', { name: 'Take your seat' }).tap()
  await page.getByRole('button', { name: 'I can hear everyone' }).tap()
  await fits()
  await gm.page.getByRole('button', { name: /Start the briefing/ }).click()
  await expect(page.getByText(/Waiting for Gaia to start the clock/)).toBeVisible()
  await fits()
  await gm.page.getByRole('button', { name: /Start the clock/ }).click()
  await setSpeed(gm.page, '×60')
  await page.getByRole('button', { name: 'Acknowledge' }).first().tap()
  await setSpeed(gm.page, '×1')
  await expect(page.getByText(/Pia took it at/)).toBeVisible()
  await page.getByRole('button', { name: 'Open its playbook' }).first().tap()
  await page.getByRole('button', { name: /^Steer to the healthy nodes/ }).tap()
  await page.getByRole('button', { name: 'Take version 2.14 out of rotation' }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Why, in a line').fill('Only the new version answers 404')
  await dialog.getByRole('button', { name: 'Propose' }).tap()
  await expect(dialog).toBeHidden()
  await expect(gm.page.getByText('“Only the new version answers 404”').first()).toBeVisible()
  await fits()
  await page.getByRole('button', { name: 'Approve' }).tap()
  await page.getByRole('button', { name: /^Commit/ }).tap()
  await expect(page.getByRole('progressbar', { name: /^Take version 2\.14/ })).toBeVisible()
  await page
    .getByRole('button', { name: /^Channel/ })
    .or(page.getByRole('tab', { name: /^Channel/ }))
    .tap()
  await page.getByRole('textbox', { name: /Message/ }).fill('On my way')
  await page.getByRole('button', { name: 'Send' }).tap()
  await expect(page.getByRole('list', { name: /^Messages/ }).getByText('On my way')).toBeVisible()
  await fits()
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** The built server on a port and with data of its own, up when this resolves. */
async function serve(o: { port: number; dataDir: string }): Promise<ChildProcess> {
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, PORT: String(o.port), HOST: '127.0.0.1', DATA_DIR: o.dataDir, LOG_LEVEL: 'warn' },
    stdio: 'ignore',
  })
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${o.port}/readyz`).then(
          (r) => r.status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
  return server
}

/** The bar's clock, hh:mm:ss, in seconds. */
const secondsOf = (clock: string) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGKILL')
  await once(server, 'exit')
}

test('a browser lives through a killed server: it says so, waits, and goes on where the clock stood', async ({
  browser,
}) => {
  const place = { port: await freePort(), dataDir: mkdtempSync(join(tmpdir(), 'rfr-walk-')) }
  let server = await serve(place)
  try {
    const { page } = await person(browser, 'Lee')
    await page.goto(`http://127.0.0.1:${place.port}/practise`)
    await page.getByRole('link', { name: /Tin Compass/ }).click()
    await page.getByLabel('Your name').fill('Lee')
    await page.getByRole('button', { name: 'Start practising' }).click()
    await page.getByRole('button', { name: 'Start the briefing' }).click()
    await page.getByRole('button', { name: 'Start the clock' }).click()
    await setSpeed(page, '×60')
    await page.getByRole('button', { name: 'Acknowledge' }).first().click()
    await expect(page.getByText(/Lee took it at/)).toBeVisible()
    await setSpeed(page, '×1')
    const time = async () => (await page.getByRole('timer').innerText()).trim()
    const before = await time()

    await kill(server)
    await expect(page.getByText(/Reconnecting/).first()).toBeVisible()
    // What is typed meanwhile is kept and sent afterwards.
    await page.getByLabel('Add to the timeline').fill('The server went away')
    await page.keyboard.press('Enter')
    server = await serve(place)
    await expect(page.getByText(/Reconnecting/)).toHaveCount(0)
    await expect(page.getByText('The server went away')).toBeVisible()
    await expect(page.getByText(/Lee took it at/)).toBeVisible()
    const after = await time()
    // At ×1 no more than the moments of waiting have passed: the clock stood while the server was away.
    const passed = secondsOf(after) - secondsOf(before)
    expect(passed, `${before} → ${after}`).toBeGreaterThanOrEqual(0)
    expect(passed, `${before} → ${after}`).toBeLessThan(60)
    // And it runs on.
    await expect.poll(time).not.toBe(after)
  } finally {
    await kill(server)
    rmSync(place.dataDir, { recursive: true, force: true })
  }
})
