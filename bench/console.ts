/**
 * The console at scale: 2,000 events a second from 500 live runs, in a real browser.
 * `npm run bench:console -- --minutes 2 --runs 500 --events 2000`; the goal is stated for 30 minutes.
 *
 * Commit to pixel: from the return of the COMMIT that began a run's nth attempt, as the host notes it, to the frame
 * in which the list of runs shows that n. Both ends read the clock of this machine.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { CDPSession } from 'playwright-core'
import { z } from 'zod'
import { launchChromium } from '../test/e2e/chromium.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    runs: { type: 'string', default: '500' },
    events: { type: 'string', default: '2000' },
    screen: { type: 'string', default: '/runs' },
  },
})
const minutes = Number(values.minutes)

const Told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), address: z.string() }),
  z.object({ type: z.literal('commit'), run: z.string(), attempts: z.number(), at: z.number(), events: z.number() }),
])
const Seen = z.array(z.object({ run: z.string(), attempts: z.number(), at: z.number() }))
const Blocks = z.array(z.number())

/** Runs in the page: notes in which frame each visible row shows which count, and tasks of over 50 ms. */
const observe = `
  window.benchSeen = []
  window.benchBlocks = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.benchBlocks.push(entry.duration)
  }).observe({ type: 'longtask' })
  new MutationObserver((records) => {
    const rows = new Set()
    for (const { target } of records) {
      const row = (target.nodeType === 1 ? target : target.parentElement)?.closest('[role="row"]')
      if (row) rows.add(row)
    }
    if (rows.size === 0) return
    const shown = [...rows].map((row) => ({ run: row.querySelector('a')?.pathname.split('/').at(-1) ?? '', attempts: Number(row.querySelector('[data-column="attempts"]')?.textContent) }))
    // A task posted from a frame's callback runs once that frame has been handed to the screen.
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now()
        for (const one of shown) window.benchSeen.push({ ...one, at })
      }
      channel.port2.postMessage(null)
    })
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true })
`

const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'))
const host = fork(join(import.meta.dirname, 'paced-host.ts'), [folder, values.runs, values.events], { stdio: 'inherit' })
const commits = new Map<string, number>()
let events = 0
const address = await new Promise<string>((resolve, reject) => {
  host.on('exit', () => reject(new Error('the host ended')))
  host.on('message', (message) => {
    const told = Told.parse(message)
    if (told.type === 'ready') return resolve(told.address)
    events += told.events
    const key = `${told.run} ${told.attempts}`
    // Of several commits that show the same count the first is what the eye waits for.
    if (!commits.has(key)) commits.set(key, told.at)
  })
})

const browser = await launchChromium()
try {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const { origin, hash } = new URL(address)
  await page.goto(`${origin}${values.screen}${hash}`)
  await page.locator('[data-column="attempts"]').first().waitFor()
  await page.evaluate(observe)
  const devtools = await page.context().newCDPSession(page)
  const delays: number[] = []
  const blocks: number[] = []
  const memory: number[] = []
  const began = performance.now()
  const eventsBefore = events
  console.log('minute  events/s  pixel p50  p95  p99 (ms)  rows  blocks>50ms  longest  heap MB')
  for (let minute = 1; minute <= minutes; minute += 1) {
    const eventsAt = events
    const at = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 60_000))
    const seen = Seen.parse(await page.evaluate('window.benchSeen.splice(0)'))
    const blocked = Blocks.parse(await page.evaluate('window.benchBlocks.splice(0)'))
    const found = seen.flatMap(({ run, attempts, at: shownAt }) => {
      const committedAt = commits.get(`${run} ${attempts}`)
      return committedAt === undefined ? [] : [shownAt - committedAt]
    })
    commits.clear()
    delays.push(...found)
    blocks.push(...blocked)
    memory.push(await heapOf(devtools))
    const pace = ((events - eventsAt) * 1_000) / (performance.now() - at)
    console.log(
      [
        String(minute).padStart(6),
        pace.toFixed(0).padStart(9),
        ...[0.5, 0.95, 0.99].map((share) => quantile(found, share).toFixed(1).padStart(9)),
        String(found.length).padStart(9),
        String(blocked.length).padStart(6),
        Math.max(0, ...blocked).toFixed(0).padStart(9),
        (memory.at(-1) ?? 0).toFixed(1).padStart(8),
      ].join(' '),
    )
  }
  const seconds = (performance.now() - began) / 1_000
  console.log(
    `${values.runs} live runs, ${((events - eventsBefore) / seconds).toFixed(0)} events/s over ${minutes} min on ${values.screen}: ` +
      `commit to pixel p50 ${quantile(delays, 0.5).toFixed(1)} ms, p95 ${quantile(delays, 0.95).toFixed(1)} ms (goal below 100), ` +
      `tasks over 50 ms: ${blocks.length}, longest ${Math.max(0, ...blocks).toFixed(0)} ms (goal none), ` +
      `heap ${memory[0]?.toFixed(1)} to ${memory.at(-1)?.toFixed(1)} MB (goal flat)`,
  )
} finally {
  await browser.close()
  host.removeAllListeners('exit')
  host.kill()
  rmSync(folder, { recursive: true, force: true })
}

/** MB that the page holds after a collection. */
async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize / 1_000_000
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}
