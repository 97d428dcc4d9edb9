import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runId, SampleRun, sampleRevision } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import type { RunQuery } from '../../model/found-runs.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { JournalIndex } from './journal-index.ts'

let scratch: ScratchStore
let store: Store
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
})
afterEach(() => scratch.remove())

const everyRun: RunQuery = { terms: [], now: 0, upTo: null }

async function commit(runs: number): Promise<void> {
  await Promise.all(Array.from({ length: runs }, (_, at) => store.storage.commit(new SampleRun(store.storage, at + 1).create())))
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

test('nobody asks, and the index is followed all the same, beside the commits', async () => {
  await commit(600)
  await scratch.shut()
  const index = new JournalIndex(storePaths(scratch.workspace))
  expect(index.follow(0).position).toBeGreaterThan(0)
  index.close()
  expect(scratch.troubles).toEqual([])
})

test('a store whose journal is damaged is told of to who asks, and goes on', async () => {
  await commit(1)
  await scratch.shut()
  const db = new Database(storePaths(scratch.workspace).store)
  db.exec("UPDATE journal SET body = replace(body, 'run_moved', 'run_Moved')")
  db.close()
  store = await scratch.open()
  await expect(store.search.counts(everyRun)).rejects.toThrow('journal 1')
  await expect(store.search.matching(everyRun)).rejects.toThrow('journal 1')
  expect(await store.storage.commit(new SampleRun(store.storage, 2).create())).toMatchObject({ entry: { position: 2 } })
})
