import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runId, sampleDecision } from '../../test/conformance/samples.ts'
import { drained } from '../../test/simulation/virtual-time.ts'
import type { NewsItem } from '../contract/news.ts'
import type { RunSummary } from '../model/views.ts'
import { Committing, one } from './committing.fixture.ts'
import { newsStream } from './news-stream.ts'

const failure = { class: 'permanent', name: 'Error', message: 'no' } as const

/** A stream that is open, and what is read of it. */
async function opened() {
  const store = new Committing()
  const stream = newsStream(store, undefined)
  expect(await stream.next()).toEqual({ done: false, value: { type: 'opened', position: 0, at: store.clock.now() } })
  /** The next item, as soon as the pace allows it. */
  const read = async (): Promise<NewsItem> => {
    const next = stream.next()
    await drained()
    store.clock.advance(25)
    const { value, done } = await next
    if (done === true) throw new Error('the stream ended')
    return value
  }
  return { store, stream, read }
}

async function changed(read: () => Promise<NewsItem>) {
  const item = await read()
  if (item.type !== 'changed') throw new Error(`not changed, but ${item.type}`)
  return item
}

describe('news', () => {
  test('in whatever order runs are committed and news are read, what was told last of each run is what it is', async () => {
    const what = fc.oneof(fc.constantFrom('read', 'unheard'), fc.integer({ min: 1, max: 4 }))
    await fc.assert(
      fc.asyncProperty(fc.array(what, { maxLength: 60 }), async (steps) => {
        const { store, stream, read } = await opened()
        const told = new Map<string, RunSummary>()
        let position = 0

        async function readOne(): Promise<void> {
          const item = await read()
          expect(item.position).toBeGreaterThan(position)
          position = item.position
          // Whoever is told that news was lost asks for everything again.
          const runs = item.type === 'opened' ? [...store.summaries.values()] : item.runs
          expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length)
          for (const run of runs) told.set(run.id, run)
        }

        for (const step of steps) {
          if (step === 'unheard') await store.store(1)
          else if (step !== 'read') await store.commit(step)
          else if (store.feed.head() > position) await readOne()
        }
        await store.commit(2)
        while (position < store.feed.head()) await readOne()
        expect(told).toEqual(store.summaries)
        await stream.return()
        expect(store.feed.watchers()).toBe(0)
      }),
    )
  })

  test('of a first change come at once, of those that follow together once the pace allows', async () => {
    const { store, stream } = await opened()
    const first = stream.next()
    await store.commit(1)
    expect((await first).value).toMatchObject({ type: 'changed', position: 1, runs: [{ id: one, version: 1 }] })

    let came = false
    const second = stream.next().then(({ value }) => {
      came = true
      return value
    })
    for (let count = 0; count < 10; count += 1) await store.commit(1)
    await store.commit(2)
    store.clock.advance(24)
    await drained()
    expect(came).toBe(false)
    store.clock.advance(1)
    expect(await second).toMatchObject({ position: 12, runs: [{ id: one, version: 11 }, { id: runId(2), version: 1 }] })
    await stream.return()
  })

  test('name the ten newest entries, oldest first', async () => {
    const { store, stream, read } = await opened()
    for (let count = 0; count < 12; count += 1) await store.commit(1)
    const { latest } = await changed(read)
    expect(latest.map(({ position }) => position)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    await stream.return()
  })

  test('say what else was touched', async () => {
    const { store, stream, read } = await opened()
    const nothing = { decisions: false, workflows: false, host: false, removed: false }
    await store.commit(1)
    expect((await changed(read)).touched).toEqual(nothing)
    await store.commit(1, { decisions: [sampleDecision()] })
    expect((await changed(read)).touched).toEqual({ ...nothing, decisions: true })
    await store.record({ type: 'workflow_refused', file: 'workflows/a.ts', failure })
    expect(await changed(read)).toMatchObject({ runs: [], touched: { ...nothing, workflows: true } })
    await store.record({ type: 'integrity_alarm', failure })
    expect((await changed(read)).touched).toEqual({ ...nothing, host: true })
    await stream.return()
  })

  test('say what was touched that no entry tells of, once, and with what was committed meanwhile', async () => {
    const { store, stream, read } = await opened()
    const nothing = { decisions: false, workflows: false, host: false }
    await store.commit(1)
    await read()
    store.feed.touched('host')
    expect(await changed(read)).toMatchObject({ position: 1, runs: [], latest: [], touched: { ...nothing, host: true } })
    store.feed.touched('workflows')
    await store.commit(1)
    expect(await changed(read)).toMatchObject({ position: 2, runs: [{ id: one }], touched: { ...nothing, workflows: true } })
    await store.commit(1)
    expect(await changed(read)).toMatchObject({ position: 3, touched: nothing })
    await stream.return()
  })

  test('that the feed has moved past are not told any more: the stream is opened anew', async () => {
    const { store, stream, read } = await opened()
    for (let count = 0; count < 5_000; count += 1) await store.commit(1)
    const at = store.clock.now()
    expect(await read()).toEqual({ type: 'opened', position: 5_000, at })
    await store.commit(1)
    expect(await changed(read)).toMatchObject({ position: 5_001, runs: [{ version: 5_001 }] })
    await stream.return()
  })

  test.each([
    { when: 'while they rest', passes: 0, pending: 1 },
    { when: 'while they wait', passes: 25, pending: 0 },
  ])('end at once where the feed closes $when', async ({ passes, pending }) => {
    const { store, stream } = await opened()
    await store.commit(1)
    await stream.next()
    const next = stream.next()
    store.clock.advance(passes)
    await drained()
    expect(store.clock.pending).toBe(pending)
    store.feed.close()
    expect((await next).done).toBe(true)
    expect(store.clock.pending).toBe(0)
    expect(store.feed.watchers()).toBe(0)
  })
})
