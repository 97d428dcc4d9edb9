/**
 * How smoothly a page moves while something is done with it: the times between frames, the processor's time that the
 * page's main thread used (which other programs of a busy machine do not lengthen), and tasks of over 50 ms.
 */
import type { CDPSession, Page } from 'playwright-core'
import { z } from 'zod'

const Measured = z.object({
  /** Milliseconds between one frame and the next. */
  frames: z.array(z.number()),
  /** Lengths of the tasks that blocked the main thread for over 50 ms. */
  blocks: z.array(z.number()),
  /** Frames in which something that was looked for was there. */
  flagged: z.number(),
})
export type Measured = z.infer<typeof Measured> & {
  /** Milliseconds of the processor that the main thread used in all. */
  readonly used: number
}

const begin = (flag: string): string => `
  window.benchFrames = { frames: [], blocks: [], flagged: 0, goes: true }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.benchFrames.blocks.push(duration)
  }).observe({ type: 'longtask' })
  {
    const measured = window.benchFrames
    let before
    requestAnimationFrame(function frame(at) {
      if (!measured.goes) return
      if (before !== undefined) measured.frames.push(at - before)
      before = at
      if (document.querySelector(${JSON.stringify(flag)}) !== null) measured.flagged++
      requestAnimationFrame(frame)
    })
  }
`

/** Measures while `act` goes on; `flag` selects what frames are counted with. */
export async function measureFrames(page: Page, flag: string, act: (devtools: CDPSession) => Promise<void>): Promise<Measured> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const used = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
  const before = await used()
  await page.evaluate(begin(flag))
  await act(devtools)
  const measured = Measured.parse(await page.evaluate('(window.benchFrames.goes = false, window.benchFrames)'))
  return { ...measured, used: (await used()) - before }
}

/** What was measured, in lines. */
export function report({ frames, blocks, used }: Measured): string[] {
  const sorted = frames.toSorted((a, b) => a - b)
  const quantile = (q: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(1)
  const total = frames.reduce((sum, frame) => sum + frame, 0)
  return [
    `${frames.length} frames in ${(total / 1_000).toFixed(1)} s: ${((1_000 * frames.length) / total).toFixed(1)} a second`,
    `between frames: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms, longest ${quantile(1)} ms`,
    `main thread: ${(used / frames.length).toFixed(1)} ms of the processor a frame, ${((100 * used) / total).toFixed(0)} % of the time`,
    `frames of over 20 ms: ${frames.filter((frame) => frame > 20).length}`,
    `tasks of over 50 ms: ${blocks.length}${blocks.length > 0 ? `, longest ${Math.max(...blocks).toFixed(0)} ms` : ''}`,
  ]
}
