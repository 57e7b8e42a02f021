import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Nothing serious or critical that axe can see, in the dark and in the light; on the whole page or in a part of it. */
export async function accessible(page: Page, where: string, part = 'html'): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const axe = new AxeBuilder({ page }).include(part)
    // Colours are all that the two have apart.
    const { violations } = await (
      colorScheme === 'dark' ? axe.withTags(WCAG) : axe.withRules('color-contrast')
    ).analyze()
    const grave = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    const findings = grave.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
    expect(findings, `${where}, ${colorScheme}`).toEqual([])
  }
}

/** The join code that a lobby shows. */
export const codeOn = async (page: Page) =>
  /[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}/.exec(await page.locator('main').innerText())?.[0] ?? ''

/** The speed at which exercise time passes, as the person who leads chooses it. */
export const setSpeed = (page: Page, speed: string) =>
  page.getByLabel('Speed').last().selectOption({ label: speed })

/** Presses Tab until the thing with this name has the focus, which must be visible on it. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const stops: string[] = []
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const at = document.activeElement
      if (!(at instanceof HTMLElement)) return { name: '', shown: false }
      const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((l) => l.innerText) : []
      const { outlineStyle, outlineWidth } = getComputedStyle(at)
      return {
        name: at.getAttribute('aria-label') ?? (labels.join(' ') || at.innerText),
        shown: outlineStyle !== 'none' && outlineWidth !== '0px',
      }
    })
    if (name.test(stop.name)) {
      expect(stop.shown, `the focus is seen on ${stop.name}`).toBe(true)
      return
    }
    stops.push(stop.name.slice(0, 30))
  }
  expect(stops, `Tab never came to ${String(name)}`).toEqual([])
}
