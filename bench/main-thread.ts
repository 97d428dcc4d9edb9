/**
 * What a page's main thread spends on its frames, as the browser's own trace has it: time of the processor, which other
 * programs of a busy machine do not lengthen as they do the time that passes.
 */
import type { CDPSession, Page } from 'playwright-core'
import { z } from 'zod'

const Event = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** In microseconds: when it began, and what passed and what was used until its end. */
  ts: z.number(),
  dur: z.number().default(0),
  tdur: z.number().default(0),
})
type Event = z.infer<typeof Event>

/** What the browser calls its work, by what it is for; the rest is the browser's own. */
const works: Readonly<Record<string, 'script' | 'style' | 'layout' | 'paint'>> = {
  EventDispatch: 'script',
  FireAnimationFrame: 'script',
  FunctionCall: 'script',
  RunMicrotasks: 'script',
  TimerFire: 'script',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'paint',
  Commit: 'paint',
}

export interface MainThread {
  /** Milliseconds of the processor from the end of one frame to the end of the next. */
  readonly frames: readonly number[]
  /** Of the longest task. */
  readonly longest: number
  /** Milliseconds in all. */
  readonly by: ReadonlyMap<string, number>
}

const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing']

/** Traces the page while `act` goes on. */
export async function traceMainThread(page: Page, act: (devtools: CDPSession) => Promise<void>): Promise<MainThread> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('the page has no browser of its own to be traced by')
  const tracing = await browser.newBrowserCDPSession()
  const events: Event[] = []
  tracing.on('Tracing.dataCollected', ({ value }) => void events.push(...z.array(Event.catch(nothing)).parse(value)))
  const { promise: complete, resolve } = Promise.withResolvers<void>()
  tracing.on('Tracing.tracingComplete', () => resolve())
  await tracing.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories } })
  await page.evaluate('void performance.mark("begin")')
  await act(await page.context().newCDPSession(page))
  await page.evaluate('void performance.mark("end")')
  await tracing.send('Tracing.end')
  await complete
  return read(events)
}

const nothing: Event = { name: '', ph: '', pid: 0, tid: 0, ts: 0, dur: 0, tdur: 0 }

/** A frame ends with the task that commits it. */
function read(events: readonly Event[]): MainThread {
  const [begin, end] = ['begin', 'end'].map((mark) => events.find(({ name }) => name === mark) ?? nothing)
  const own = events
    .filter(({ ph, pid, tid, ts }) => ph === 'X' && pid === begin?.pid && tid === begin.tid && ts > begin.ts && ts < (end?.ts ?? 0))
    .toSorted((one, other) => one.ts - other.ts || other.dur - one.dur)
  const tasks = own.filter(({ name }) => name === 'RunTask')
  const commits = own.filter(({ name }) => name === 'Commit').map(({ ts }) => ts)
  const frames: number[] = []
  let frame = 0
  for (const { ts, dur, tdur } of tasks) {
    frame += tdur / 1_000
    if (!commits.some((commit) => commit >= ts && commit <= ts + dur)) continue
    frames.push(frame)
    frame = 0
  }
  return { frames, longest: Math.max(0, ...tasks.map(({ tdur }) => tdur / 1_000)), by: usedBy(own) }
}

/** What each kind of work took, without the other work within it. `events` are those of one thread, outer ones first. */
function usedBy(events: readonly Event[]): ReadonlyMap<string, number> {
  const by = new Map<string, number>()
  const add = (kind: string, used: number): void => void by.set(kind, (by.get(kind) ?? 0) + used / 1_000)
  const around: { readonly kind: string; readonly until: number }[] = []
  for (const { name, ts, dur, tdur } of events) {
    while ((around.at(-1)?.until ?? Infinity) <= ts) around.pop()
    const outer = around.at(-1)?.kind
    const kind = works[name] ?? outer ?? 'other'
    if (outer !== undefined) add(outer, -tdur)
    add(kind, tdur)
    around.push({ kind, until: ts + dur })
  }
  return by
}

/** What was traced, in lines. */
export function reportMainThread({ frames, longest, by }: MainThread): string[] {
  const sorted = frames.toSorted((a, b) => a - b)
  const quantile = (q: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(1)
  const parts = [...by].toSorted(([, one], [, other]) => other - one).map(([kind, used]) => `${kind} ${(used / frames.length).toFixed(2)}`)
  return [
    `main thread, of the processor a frame: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, longest ${quantile(1)} ms; longest task ${longest.toFixed(1)} ms`,
    `of that a frame: ${parts.join(', ')} ms`,
  ]
}
