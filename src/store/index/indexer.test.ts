import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runId, SampleRun, sampleRevision } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import type { RunQuery } from '../../model/found-runs.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { JournalIndex } from './journal-index.ts'
import { few, looking, mostLeft, rest } from './pace.ts'

let scratch: ScratchStore
let store: Store
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
})
afterEach(() => scratch.remove())

const everyRun: RunQuery = { terms: [], now: 0, upTo: null }

async function commit(runs: number, from = 0): Promise<void> {
  await Promise.all(Array.from({ length: runs }, (_, at) => store.storage.commit(new SampleRun(store.storage, from + at + 1).create())))
}

test('the thread answers as of what was committed before it was asked', async () => {
  await commit(3)
  const page = { ...everyRun, offset: 0, limit: 2, sort: null }
  expect(await store.search.search(page)).toMatchObject({ position: 3, total: 3, newest: runId(3), runs: [{ id: runId(3) }, { id: runId(2) }] })
  expect(await store.search.counts(everyRun)).toMatchObject({ byStatus: { running: 3, failed: 0 } })
})

test('whoever acts on what is found waits until all of it is', async () => {
  await commit(2_500)
  expect(await store.search.matching(everyRun)).toHaveLength(2_500)
})

/** Where the index on the disk has come to, once its thread has done what it was asked. */
async function followed(): Promise<number> {
  await scratch.shut()
  const index = new JournalIndex(storePaths(scratch.workspace))
  const { position } = index.follow(0)
  index.close()
  return position
}

describe('nobody looks', () => {
  test('what is new is followed once commits have become few', async () => {
    await commit(600)
    await commit(few, 600)
    scratch.clock.advance(rest)
    expect(await followed()).toBe(600 + few)
    expect(scratch.troubles).toEqual([])
  })

  test('a burst of work has the processors to itself', async () => {
    await commit(300)
    for (let batch = 1; batch < 5; batch += 1) {
      await commit(300, 300 * batch)
      scratch.clock.advance(rest)
    }
    expect(await followed()).toBe(0)
  })

  test('no more than so much is left', async () => {
    await commit(mostLeft)
    expect(await followed()).toBeGreaterThan(0)
  })

  test('whoever begins to look is told all of it, and so is who asks meanwhile', async () => {
    await commit(2_500)
    const asked = [store.search.counts(everyRun), store.search.counts(everyRun)]
    expect(await Promise.all(asked)).toMatchObject(asked.map(() => ({ byStatus: { running: 2_500 } })))
  })

  test('whoever looks again is told what has come since, too', async () => {
    await store.search.counts(everyRun)
    scratch.clock.advance(looking)
    await commit(2_500)
    expect(await store.search.counts(everyRun)).toMatchObject({ byStatus: { running: 2_500 } })
  })
})

test('while somebody looks, what is new is followed beside the commits', async () => {
  await store.search.counts(everyRun)
  await commit(600)
  expect(await followed()).toBeGreaterThan(0)
  expect(scratch.troubles).toEqual([])
})

test('a store whose journal is damaged goes on, and answers who asks, but for figures that would be others', async () => {
  await commit(1)
  await scratch.shut()
  const db = new Database(storePaths(scratch.workspace).store)
  db.exec("UPDATE journal SET body = replace(body, 'run_moved', 'run_Moved')")
  db.close()
  store = await scratch.open()
  expect(await store.search.counts(everyRun)).toMatchObject({ byStatus: { running: 1 } })
  expect(await store.search.matching(everyRun)).toHaveLength(1)
  expect(await store.storage.commit(new SampleRun(store.storage, 2).create())).toMatchObject({ entry: { position: 2 } })
  expect(await store.search.matching(everyRun)).toHaveLength(2)
  await expect(store.figures.metrics({ from: 0, to: 1, workflow: null })).rejects.toThrow('journal 1')
})
