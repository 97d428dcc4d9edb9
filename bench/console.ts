/**
 * The console at scale: 2,000 events a second from 500 live runs, in a real browser.
 * `npm run bench:console -- --minutes 2 --runs 500 --events 2000 --screen /runs`; the goal is stated for 30 minutes.
 * A screen is an address of the console; `/runs/live` is the screen of one of the runs.
 *
 * Commit to pixel: from the return of the COMMIT that brought a run to its nth attempt (on a run's screen: to its nth
 * checkpoint), as the host notes it, to the frame that shows that n. Both ends read the clock of this machine. Other
 * screens show no number of a single commit: of them it is left out.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchChromium } from '../test/e2e/chromium.ts'
import { type Commit, startHost } from './host-process.ts'
import { observePage, type Reader } from './observe-page.ts'

/** Processor time is in percent of one core; the host's others are the threads that read, follow and copy, and its collectors. */
const header = [
  ['minute', 6],
  ['events/s', 8],
  ['pixel p50', 9],
  ['p95', 7],
  ['p99 ms', 7],
  ['seen', 6],
  ['>50 ms', 6],
  ['longest', 7],
  ['page %', 6],
  ['host %', 6],
  ['others', 6],
  ['page MB', 7],
  ['nodes', 6],
  ['host MB', 7],
  ['resident', 8],
] as const

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    runs: { type: 'string', default: '500' },
    events: { type: 'string', default: '2000' },
    screen: { type: 'string', default: '/runs' },
  },
})
const minutes = Number(values.minutes)
const reader: Reader = values.screen === '/runs' ? 'list' : values.screen.startsWith('/runs/') ? 'run' : 'none'

/** When a run had come so far, by what the screen shows of it. */
const commits = new Map<string, number>()
let events = 0
let anyRun = ''

function committed(told: readonly Commit[]): void {
  for (const commit of told) {
    events += commit.events
    anyRun = commit.run
    const key = `${commit.run} ${reader === 'run' ? commit.checkpoints : commit.attempts}`
    // Of several commits that show the same number the first is what the eye waits for.
    if (!commits.has(key)) commits.set(key, commit.at)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'))
const wish = { folder, runs: Number(values.runs), events: Number(values.events), passes: 100, isReplaced: true }
const host = await startHost(wish, committed)
const browser = await launchChromium()
try {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const observed = await observePage(page, reader)
  const { origin, hash } = new URL(host.address)
  await pause(5)
  await page.goto(`${origin}${values.screen.replace('live', anyRun)}${hash}`)
  await page.locator('main h1').first().waitFor()
  // What the page takes to begin is not what it takes to go on.
  await pause(5)
  await observed.take()

  const all: Record<'delays' | 'blocks' | 'heaps' | 'hostHeaps', number[]> = { delays: [], blocks: [], heaps: [], hostHeaps: [] }
  const began = { at: performance.now(), events }
  console.log(header.map(([name, width]) => name.padStart(width)).join(' '))
  for (let minute = 1; minute <= minutes; minute += 1) {
    commits.clear()
    const before = { at: performance.now(), events, page: await observed.used(), host: await host.cost() }
    await pause(60)
    const seconds = (performance.now() - before.at) / 1_000
    const { seen, blocks } = await observed.take()
    const pageUsed = (await observed.used()) - before.page
    const { heap, nodes } = await observed.heap()
    const cost = await host.cost()
    const delays = seen.flatMap(({ run, count, at }) => {
      const committedAt = commits.get(`${run} ${count}`)
      return committedAt === undefined ? [] : [at - committedAt]
    })
    all.delays.push(...delays)
    all.blocks.push(...blocks)
    all.heaps.push(heap)
    all.hostHeaps.push(cost.heap)
    const main = cost.main - before.host.main
    const others = cost.all - before.host.all - main
    printRow([
      String(minute),
      ((events - before.events) / seconds).toFixed(0),
      ...[0.5, 0.95, 0.99].map((share) => quantile(delays, share)),
      String(delays.length),
      String(blocks.length),
      Math.max(0, ...blocks).toFixed(0),
      ...[pageUsed, main, others].map((used) => (used / seconds / 10).toFixed(1)),
      heap.toFixed(1),
      String(nodes),
      cost.heap.toFixed(1),
      cost.resident.toFixed(0),
    ])
  }
  const seconds = (performance.now() - began.at) / 1_000
  const ends = (sizes: readonly number[]): string => `${sizes[0]?.toFixed(1)} to ${sizes.at(-1)?.toFixed(1)} MB`
  console.log(
    `${values.runs} live runs, ${((events - began.events) / seconds).toFixed(0)} events/s over ${minutes} min on ${values.screen}: ` +
      `commit to pixel p50 ${quantile(all.delays, 0.5)} ms, p95 ${quantile(all.delays, 0.95)} ms (goal below 100), ` +
      `tasks over 50 ms: ${all.blocks.length}, longest ${Math.max(0, ...all.blocks).toFixed(0)} ms (goal none), ` +
      `heap of the page ${ends(all.heaps)}, of the host ${ends(all.hostHeaps)} (goal flat); ` +
      `load of the machine ${loadavg().map((load) => load.toFixed(1)).join(' ')}`,
  )
} finally {
  await browser.close()
  host.end()
  rmSync(folder, { recursive: true, force: true })
}

function printRow(cells: readonly string[]): void {
  console.log(cells.map((cell, index) => cell.padStart(header[index]?.[1] ?? 0)).join(' '))
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000 * seconds))
}

/** Of what was measured, in words; `–` of nothing. */
function quantile(measured: readonly number[], share: number): string {
  const sorted = measured.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1) ?? '–'
}
