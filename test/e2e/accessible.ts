import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame, Page } from 'playwright-core'
import { expect } from 'vitest'
import { z } from 'zod'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A theme changes colours and nothing else: every other rule is asked once. */
const asked = {
  // What lies over a screen (a dialog, a menu, a toast) is outside its landmarks by design.
  light: { runOnly: { type: 'tag', values: tags }, rules: { region: { enabled: false } } },
  dark: { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
} as const

const Violations = z.array(
  z.object({ id: z.string(), help: z.string(), at: z.array(z.object({ target: z.array(z.unknown()), failureSummary: z.string().optional() })) }),
)

const arrived =
  'document.getAnimations().every(({ playState, effect }) => playState === "finished" || effect.getTiming().iterations === Infinity)'

/** Holds the page as it is now against WCAG 2.2 AA, in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Colours that pass from one theme to the other have to arrive first.
    // The page's policy lets nothing be evaluated later on: it is asked anew each time.
    await expect.poll(() => page.evaluate(arrived)).toBe(true)
    await giveAxe(page)
    // Of what is as it should be no more is wanted than that.
    const options = JSON.stringify({ ...asked[colorScheme], resultTypes: ['violations'] })
    const told = 'violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }))'
    const found = Violations.parse(await page.evaluate(`axe.run(document, ${options}).then(({ violations }) => ${told})`))
    expect(found, `${colorScheme}: ${page.url()}`).toEqual([])
  }
}

/** Every document gets it once: to read it takes as long as to look at a small screen. */
async function giveAxe(page: Page): Promise<void> {
  const main = page.mainFrame()
  await give(main)
  // A frame may let no script run: axe tells then what it could not look at.
  for (const frame of page.frames()) if (frame !== main) await give(frame).catch(() => undefined)
}

async function give(frame: Frame): Promise<void> {
  if ((await frame.evaluate('"axe" in globalThis')) !== true) await frame.evaluate(axe)
}
