/** Every screen at every address that it has, wide and narrow: whole, named, read by axe, and the same from a link. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { entranceOf, withBrowser, withKeptPages } from './console.ts'
import { type FullHouse, withFullHouse } from './full-house.ts'

withBrowser()
const house = withFullHouse()
const pages = withKeptPages('looked at', 'fresh')

const sizes = [
  { width: 1280, height: 800 },
  { width: 700, height: 900 },
] as const

interface Row {
  /** What is looked at, in a few words. */
  readonly of: string
  readonly path: string | ((house: FullHouse) => string)
  /** Words that stand in the screen only once it is whole. */
  readonly says: string | RegExp
  /** Each of its tabs is looked at, one after the other. */
  readonly tabs?: true
}

/** Every address of the router, with what there is to be seen at it. */
const screens: Readonly<Record<string, readonly Row[]>> = {
  '/': [
    { of: 'the overview', path: '/?range=1h', says: /^Runs by outcome, last hour/ },
    { of: 'the overview of a workflow', path: '/?range=5m&workflow=refund', says: 'account 4711' },
  ],
  '/runs': [
    { of: 'all runs', path: '/runs', says: 'harvest' },
    { of: 'runs that a query finds', path: '/runs?query=status:failed', says: 'refund' },
    { of: 'a query that finds none', path: '/runs?query=step:nowhere', says: 'No run fits' },
    { of: 'a query with a fault', path: '/runs?query=status:faild', says: 'faild is no status of a run' },
  ],
  '/runs/$run': [
    { of: 'a run with a loop', path: ({ runs }) => `/runs/${runs.looped}`, says: /^Completed/, tabs: true },
    { of: 'a step of a loop, earlier', path: ({ runs }) => `/runs/${runs.looped}?step=review&iteration=1`, says: 'Say who decides.' },
    { of: 'a checkpoint', path: ({ runs }) => `/runs/${runs.looped}?checkpoint=3`, says: /^As it was at checkpoint/ },
    { of: 'a moment to go back to', path: ({ runs }) => `/runs/${runs.looped}?checkpoint=3&tab=restore`, says: /^Go back to checkpoint 3/ },
    { of: 'two moments compared', path: ({ runs }) => `/runs/${runs.looped}?checkpoint=5&against=2&tab=changes`, says: 'What is not the same' },
    { of: 'a run that sent mail', path: ({ runs }) => `/runs/${runs.mailed}?step=letter&tab=mail`, says: 'Kind regards' },
    { of: 'a run that failed and was undone', path: ({ runs }) => `/runs/${runs.undone}?tab=errors`, says: /account 4711/ },
    { of: 'a run that asks', path: ({ runs }) => `/runs/${runs.asking}?step=unit&tab=attempts`, says: /^Waits for a person/ },
    { of: 'a run under way', path: ({ runs }) => `/runs/${runs.running}?step=gather`, says: /40 %, field 5 of 12/ },
    { of: 'a run in doubt', path: ({ runs }) => `/runs/${runs.doubted}`, says: /did it happen/ },
    { of: 'no run', path: '/runs/nonsense', says: 'This workspace has no such run' },
  ],
  '/attention': [
    { of: 'what needs attention', path: '/attention', says: 'workflows/broken.ts' },
    { of: 'a decision', path: ({ runs, decision }) => `/attention?decision=${runs.asking}.${decision}`, says: /^Promote to production/ },
    { of: 'failures that are alike', path: '/attention', says: '2 runs alike' },
    { of: 'a refused file', path: '/attention?item=file:workflows/broken.ts', says: 'workflows/broken.ts cannot be loaded' },
    { of: 'an item that is over', path: '/attention?item=file:workflows/gone.ts', says: 'This needs nobody any more' },
  ],
  '/dead-letters': [{ of: 'what is queued for later', path: '/dead-letters', says: 'Nothing is queued for later' }],
  '/breakers': [{ of: 'what is held back', path: '/breakers', says: 'Nothing is held back' }],
  '/resources': [{ of: 'what there is only so much of', path: '/resources', says: 'barn' }],
  '/errors': [
    { of: 'what went wrong', path: '/errors', says: 'By class, and how they ended' },
    { of: 'errors of which there are none', path: '/errors?class=deadlock', says: 'No error is like that' },
    { of: 'errors that are no more', path: '/errors?group=nothing', says: 'No error is like that any more' },
  ],
  '/workflows': [{ of: 'all workflows', path: '/workflows', says: 'Plan and review' }],
  '/workflows/$workflow': [
    { of: 'a workflow', path: '/workflows/release', says: /Builds a commit/, tabs: true },
    { of: 'no workflow', path: '/workflows/nowhere', says: /nowhere/ },
  ],
  '/workflows/$workflow/start': [
    { of: 'the start of a run', path: '/workflows/refund/start', says: /^Order/, tabs: true },
    { of: 'the start of no workflow', path: '/workflows/nowhere/start', says: /^There is no workflow nowhere/ },
  ],
  '/integrity': [{ of: 'the integrity of the store', path: '/integrity', says: 'Nothing is damaged' }],
  '/storage': [
    { of: 'where the bytes are', path: '/storage', says: 'Nothing is ever removed' },
    { of: 'the values of a workflow', path: '/storage?workflow=refund', says: 'By workflow' },
  ],
  '/policy': [
    { of: 'every setting', path: '/policy', says: 'detection.loops.max_repeats' },
    { of: 'what the file says', path: '/policy?only=written', says: 'The file says nothing' },
  ],
  '/mail': [
    { of: 'all mail', path: '/mail', says: 'Your refund for AB-1234' },
    { of: 'a message', path: ({ mail }) => `/mail?id=${mail}`, says: /we have paid back/, tabs: true },
  ],
}

test('the table has every address of the router', () => {
  const folder = join(import.meta.dirname, '../../src/renderer/screens')
  const routes = readdirSync(folder).map((name) => join(folder, name, 'route.tsx')).filter((file) => existsSync(file))
  const paths = routes.map((file) => /path: '(.+)'/.exec(readFileSync(file, 'utf8'))?.[1])
  expect(new Set(Object.keys(screens))).toEqual(new Set(paths))
})

const nowhere: Row = { of: 'an address that is none', path: '/nowhere', says: 'There is no such page' }
const rows = [...Object.values(screens).flat(), nowhere]

test.each(rows)('$of, at both sizes and from a link', { timeout: 240_000 }, async ({ path, says, tabs: withTabs }) => {
  const { host } = house()
  const page = pages('looked at')
  await page.setViewportSize(sizes[0])
  await page.goto(entranceOf(host, typeof path === 'string' ? path : path(house())))
  const main = page.getByRole('main')
  await main.getByText(says).first().waitFor()

  const seen: Place[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    const tabs = withTabs ? await main.getByRole('tab').count() : 0
    for (let tab = 0; tab < Math.max(tabs, 1); tab += 1) {
      if (tabs > 0) await main.getByRole('tab').nth(tab).click()
      await expectWhole(page)
      if (size === sizes[0]) seen.push(await placeOf(page))
    }
  }

  const fresh = pages('fresh')
  for (const place of seen) {
    await fresh.goto(entranceOf(host, place.address))
    await expect.poll(() => placeOf(fresh)).toEqual(place)
  }
})

interface Place {
  readonly address: string
  readonly title: string
  readonly headings: readonly string[]
}

/** Where somebody is, in what does not change by itself. */
async function placeOf(page: Page): Promise<Place> {
  const { pathname, search } = new URL(page.url())
  return {
    address: pathname + search,
    title: await page.title(),
    headings: await page.getByRole('main').getByRole('heading').allTextContents(),
  }
}

/** What must hold of whatever is shown. */
async function expectWhole(page: Page): Promise<void> {
  await expect.poll(() => page.locator('.skeleton, [aria-busy="true"]').count()).toBe(0)
  const where = page.url()
  expect(await page.title(), where).toMatch(/^.+ · Cairn$/)
  expect(await page.getByRole('main').count(), where).toBe(1)
  expect(await page.getByRole('heading', { level: 1 }).count(), where).toBe(1)
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), `${where} scrolls sideways`).toBeLessThanOrEqual(0)
  await expectAccessible(page)
  // It has asked for reduced motion: nothing moves.
  await expect.poll(() => page.evaluate('document.getAnimations().filter(({ playState }) => playState === "running").length')).toBe(0)
}
