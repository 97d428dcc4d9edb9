/**
 * How smoothly the list of runs scrolls, in a real browser over a host that runs already:
 * `node bench/scroll.ts ADDRESS [SECONDS]`, the address as the host printed it, with its token. `bench/make-runs.ts`
 * makes a workspace of 100,000 runs to serve.
 *
 * The list is scrolled by the browser's own gesture at 3,000 pixels a second, which is some 94 rows, down and then up.
 * Measured are the times between frames, the processor's time that the page's main thread used for each (which other
 * programs of a busy machine do not lengthen), tasks of over 50 ms, and frames with a row that had not been read.
 */
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { launchChromium } from '../test/e2e/chromium.ts'

const Measured = z.object({
  /** Milliseconds between one frame and the next. */
  frames: z.array(z.number()),
  /** Lengths of the tasks that blocked the main thread for over 50 ms. */
  blocks: z.array(z.number()),
  /** Frames in which a row in view had not been read. */
  unread: z.number(),
})
export type Measured = z.infer<typeof Measured> & {
  /** Milliseconds of the processor that the main thread used in all. */
  readonly used: number
}

/** Pixels a second. */
const speed = 3_000

const begin = `
  window.benchScroll = { frames: [], blocks: [], unread: 0, goes: true }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.benchScroll.blocks.push(duration)
  }).observe({ type: 'longtask' })
  {
    const measured = window.benchScroll
    let before
    requestAnimationFrame(function frame(at) {
      if (!measured.goes) return
      if (before !== undefined) measured.frames.push(at - before)
      before = at
      if (document.querySelector('.run-table .unread') !== null) measured.unread++
      requestAnimationFrame(frame)
    })
  }
`

/** Scrolls the list of runs that the page shows, half of the time down and half up. */
export async function measureScroll(page: Page, seconds: number): Promise<Measured> {
  const grid = page.getByRole('grid', { name: 'Runs' })
  await grid.locator('[data-column="id"] code').first().waitFor()
  await grid.hover()
  const browser = await page.context().newCDPSession(page)
  await browser.send('Performance.enable', { timeDomain: 'threadTicks' })
  const used = async (): Promise<number> => {
    const { metrics } = await browser.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
  const before = await used()
  await page.evaluate(begin)
  const { x, y, width, height } = (await grid.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  for (const direction of [-1, 1]) {
    await browser.send('Input.synthesizeScrollGesture', {
      x: x + width / 2,
      y: y + height / 2,
      yDistance: (direction * speed * seconds) / 2,
      speed,
      gestureSourceType: 'mouse',
    })
  }
  const measured = Measured.parse(await page.evaluate('(window.benchScroll.goes = false, window.benchScroll)'))
  return { ...measured, used: (await used()) - before }
}

/** What was measured, in lines. */
export function report({ frames, blocks, unread, used }: Measured): string {
  const sorted = frames.toSorted((a, b) => a - b)
  const quantile = (q: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(1)
  const total = frames.reduce((sum, frame) => sum + frame, 0)
  return [
    `${frames.length} frames in ${(total / 1_000).toFixed(1)} s: ${((1_000 * frames.length) / total).toFixed(1)} a second`,
    `between frames: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms, longest ${quantile(1)} ms`,
    `main thread: ${(used / frames.length).toFixed(1)} ms of the processor a frame, ${((100 * used) / total).toFixed(0)} % of the time`,
    `frames of over 20 ms: ${frames.filter((frame) => frame > 20).length}`,
    `tasks of over 50 ms: ${blocks.length}${blocks.length > 0 ? `, longest ${Math.max(...blocks).toFixed(0)} ms` : ''}`,
    `frames with a row that had not been read: ${unread}`,
  ].join('\n')
}

if (import.meta.main) {
  const [address, seconds = '10'] = process.argv.slice(2)
  if (address === undefined) throw new Error('give the address that the host printed')
  const { origin, hash } = new URL(address)
  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${origin}/runs${hash}`)
  process.stdout.write(`${report(await measureScroll(page, Number(seconds)))}\n`)
  await browser.close()
}
