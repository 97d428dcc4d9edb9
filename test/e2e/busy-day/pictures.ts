/**
 * The pictures of the README, over a workspace in which a busy day was lived (`live.ts`) and whose host runs:
 * `node test/e2e/busy-day/pictures.ts URL-WITH-TOKEN [FOLDER]`.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { connectWeb } from '../../../src/client/web.ts'
import { launchChromium } from '../chromium.ts'

const [address, folder = fileURLToPath(new URL('../../../docs/pictures', import.meta.url))] = process.argv.slice(2)
if (address === undefined) throw new Error('give the address that the host printed')
const { origin, hash } = new URL(address)

const client = connectWeb(origin, hash.replace('#token=', ''))
const { runs } = await client.api.runs.search({ query: 'workflow:release status:completed', offset: 0, limit: 200 })
const { decisions } = await client.api.decisions.list({})
client.close()
const hardest = runs.toSorted((one, other) => (other.attempts ?? 0) - (one.attempts ?? 0))[0]?.id ?? ''
const letter = decisions.find(({ workflow, decision }) => workflow === 'outreach' && decision.status === 'pending')

interface Picture {
  readonly path: string
  /** What is done before it is taken. */
  readonly first?: (page: Page) => Promise<void>
}

const pictures: Readonly<Record<string, Picture>> = {
  overview: { path: '/?range=15m' },
  runs: { path: '/runs' },
  run: { path: `/runs/${hardest}?step=deploy` },
  decision: { path: `/attention?decision=${letter?.run ?? ''}.${letter?.decision.id ?? ''}` },
  integrity: {
    path: '/integrity',
    first: async (page) => {
      await page.keyboard.press('b')
      await page.locator('.toast .icon-button').click()
      await page.keyboard.press('v')
      await page.locator('.toast', { hasText: 'Every byte is what was written' }).locator('.icon-button').click()
    },
  },
  storage: { path: '/storage' },
  errors: { path: '/errors?within=1h' },
}

const browser = await launchChromium()
const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, colorScheme: 'light', timezoneId: 'UTC' })
const page = await context.newPage()
for (const [name, { path, first }] of Object.entries(pictures)) {
  await page.goto('about:blank')
  await page.goto(`${origin}${path}${hash}`)
  await page.locator('main').waitFor()
  await page.waitForLoadState('networkidle')
  await first?.(page)
  // Whatever breathes or slides in has come to rest.
  await page.waitForTimeout(4_000)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  process.stdout.write(`${name}\n`)
}
await browser.close()
