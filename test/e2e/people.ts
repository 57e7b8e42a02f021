import { join } from 'node:path'
import { type Browser, expect, type Page } from '@playwright/test'

const SCREENS = join(import.meta.dirname, '../output/screens')

/** Somebody at the table, in a browser of their own. */
export interface Person {
  readonly name: string
  readonly page: Page
  /** Every byte of text their browser was sent: HTTP bodies and socket frames. */
  readonly heard: string[]
}

/** A fresh browser context with ears on everything that comes in. */
export async function person(
  browser: Browser,
  name: string,
  viewport = { width: 1280, height: 800 },
): Promise<Person> {
  const context = await browser.newContext({ viewport, colorScheme: 'dark', acceptDownloads: true })
  const page = await context.newPage()
  const heard: string[] = []
  page.on('websocket', (ws) => ws.on('framereceived', (f) => heard.push(String(f.payload))))
  page.on('response', (r) => {
    const listen = /json|text|javascript|css/.test(r.headers()['content-type'] ?? '')
    // A body may be gone when the page moved on; what was not read was not kept by the page either.
    if (listen)
      void r.text().then(
        (t) => heard.push(t),
        () => undefined,
      )
  })
  page.on('pageerror', (error) => {
    throw error
  })
  return { name, page, heard }
}

/** A picture for the people who judge looks; kept under test/output. */
export const picture = (p: Person, what: string) => p.page.screenshot({ path: join(SCREENS, `${what}.png`) })

/** Opens the lobby of a scenario as its game master. */
export async function host(
  p: Person,
  o: { codename: string; name: string; approval?: string },
): Promise<void> {
  const { page } = p
  await page.goto('/')
  await page.getByRole('link', { name: /Host an exercise/ }).click()
  await page.getByRole('link', { name: new RegExp(o.codename) }).click()
  await page.getByLabel('Name of the exercise').fill(o.name)
  await page.getByLabel('Your name').fill(p.name)
  if (o.approval) await page.getByLabel(o.approval).check()
  await page.getByRole('button', { name: 'Open the lobby' }).click()
  await expect(page.getByRole('button', { name: /Start the briefing/ })).toBeVisible()
}

/** Comes in by code and takes a seat. */
export async function join_(p: Person, o: { code: string; role: string }): Promise<void> {
  const { page } = p
  await page.goto('/')
  await page.getByLabel('Join code').fill(o.code)
  await page.keyboard.press('Enter')
  await page.getByLabel('Your name').fill(p.name)
  await page.getByRole('checkbox', { name: new RegExp(o.role) }).check()
  await page.getByRole('button', { name: 'Take your seat' }).click()
  await page.getByRole('button', { name: 'I can hear everyone' }).click()
}
