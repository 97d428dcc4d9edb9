/**
 * What a page shows and what it costs, as a bench sees it from within the page and from its developer tools.
 *
 * A number counts as shown in the task behind the frame that first had it: that frame has then been handed to the
 * screen. A frame is known by the page's own request for it, so that watching asks for none that would not have been.
 */
import type { Page } from 'playwright-core'
import { z } from 'zod'

/** How a screen shows how far a run has come: the elements of which one changes with the number, and what they say. */
const readers = {
  list: `{
    place: '[data-column="attempts"]',
    read: (cell) => ({ run: cell.closest('[role="row"]').querySelector('a')?.pathname.split('/').at(-1), count: Number(cell.textContent) }),
  }`,
  run: `{
    place: '.run-heading .facts',
    read: (facts) => ({ run: location.pathname.split('/').at(-1), count: Number(/(\\d+) checkpoint/.exec(facts.textContent)?.[1]) }),
  }`,
  none: `{ place: 'none', read: () => ({}) }`,
} as const
export type Reader = keyof typeof readers

const observe = (reader: Reader): string => `
  window.benchSeen = []
  window.benchBlocks = []
  const reader = ${readers[reader]}
  const shown = new Map()
  let pending = new Set()
  let inFrame = false
  const channel = new MessageChannel()
  channel.port1.onmessage = () => {
    inFrame = false
    const at = performance.timeOrigin + performance.now()
    for (const place of pending) {
      if (!place.isConnected) continue
      const { run, count } = reader.read(place)
      if (shown.get(run) !== count) window.benchSeen.push({ run, count, at })
      shown.set(run, count)
    }
    pending = new Set()
  }
  const request = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (call) => request((time) => {
    if (!inFrame) channel.port2.postMessage(null)
    inFrame = true
    call(time)
  })
  new MutationObserver((records) => {
    const before = pending.size
    for (const { target } of records) {
      const place = (target.nodeType === 1 ? target : target.parentElement)?.closest(reader.place)
      if (place) pending.add(place)
    }
    if (pending.size > before && !inFrame) window.requestAnimationFrame(() => {})
  }).observe(document, { subtree: true, childList: true, characterData: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.benchBlocks.push(duration)
  }).observe({ type: 'longtask' })
`

const Seen = z.array(z.object({ run: z.string().optional(), count: z.number().nullable(), at: z.number() }))
const Taken = z.object({ seen: Seen, blocks: z.array(z.number()) })

export interface ObservedPage {
  /** What was shown since the last time, and the lengths of tasks of over 50 ms. */
  take(): Promise<z.infer<typeof Taken>>
  /** Milliseconds of the processor that the main thread used in all. */
  used(): Promise<number>
  /** MB that the page holds after a collection, and how many nodes. */
  heap(): Promise<{ readonly heap: number; readonly nodes: number }>
}

/** Observes what is opened in the page from now on. */
export async function observePage(page: Page, reader: Reader): Promise<ObservedPage> {
  await page.addInitScript(observe(reader))
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const metric = async (name: string): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find((each) => each.name === name)?.value ?? 0
  }
  return {
    take: async () => {
      return Taken.parse(await page.evaluate('({ seen: window.benchSeen.splice(0), blocks: window.benchBlocks.splice(0) })'))
    },
    used: async () => 1_000 * (await metric('TaskDuration')),
    async heap() {
      await devtools.send('HeapProfiler.collectGarbage')
      const { usedSize } = await devtools.send('Runtime.getHeapUsage')
      return { heap: usedSize / 1_000_000, nodes: await metric('Nodes') }
    },
  }
}
