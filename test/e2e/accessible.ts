import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A theme changes colours and nothing else: every other rule is asked once. */
const ofColour = ['color-contrast', 'link-in-text-block']

const arrived =
  'document.getAnimations().every(({ playState, effect }) => playState === "finished" || effect.getTiming().iterations === Infinity)'

/** Holds the page as it is now against WCAG 2.2 AA, in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Colours that pass from one theme to the other have to arrive first.
    // The page's policy lets nothing be evaluated later on: it is asked anew each time.
    await expect.poll(() => page.evaluate(arrived)).toBe(true)
    // Without legacy mode it opens a page of its own each time, to put together what frames of other origins say.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    // What lies over a screen (a dialog, a menu, a toast) is outside its landmarks by design.
    const asked = colorScheme === 'light' ? axe.withTags(rules).disableRules('region') : axe.withRules(ofColour)
    const { violations } = await asked.analyze()
    const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target, failureSummary }) => [target.join(' '), failureSummary]) }))
    expect(found, `${colorScheme}: ${page.url()}`).toEqual([])
  }
}
