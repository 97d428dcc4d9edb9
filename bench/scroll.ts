/**
 * How smoothly the list of runs scrolls, in a real browser over a host that runs already:
 * `node bench/scroll.ts ADDRESS [SECONDS]`, the address as the host printed it, with its token. `bench/make-runs.ts`
 * makes a workspace of 100,000 runs to serve.
 *
 * The list is scrolled by the browser's own gesture at 3,000 pixels a second, which is some 94 rows, down and then up.
 */
import type { Page } from 'playwright-core'
import { launchChromium } from '../test/e2e/chromium.ts'
import { type Measured, measureFrames, report } from './frames.ts'

/** Pixels a second. */
const speed = 3_000

/** Scrolls the list of runs that the page shows, half of the time down and half up. Flagged are frames with a row that had not been read. */
export async function measureScroll(page: Page, seconds: number): Promise<Measured> {
  const grid = page.getByRole('grid', { name: 'Runs' })
  await grid.locator('[data-column="id"] code').first().waitFor()
  await grid.hover()
  const { x, y, width, height } = (await grid.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  return measureFrames(page, '.run-table .unread', async (devtools) => {
    for (const direction of [-1, 1]) {
      await devtools.send('Input.synthesizeScrollGesture', {
        x: x + width / 2,
        y: y + height / 2,
        yDistance: (direction * speed * seconds) / 2,
        speed,
        gestureSourceType: 'mouse',
      })
    }
  })
}

if (import.meta.main) {
  const [address, seconds = '10'] = process.argv.slice(2)
  if (address === undefined) throw new Error('give the address that the host printed')
  const { origin, hash } = new URL(address)
  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${origin}/runs${hash}`)
  const measured = await measureScroll(page, Number(seconds))
  process.stdout.write(`${[...report(measured), `frames with a row that had not been read: ${measured.flagged}`].join('\n')}\n`)
  await browser.close()
}
