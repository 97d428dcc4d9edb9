import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SampleRun, sampleHostEntry, sampleRevision } from '../../test/conformance/samples.ts'
import { ScratchStore } from '../../test/conformance/scratch-store.ts'
import { countOf, quantile } from './measure/histogram.ts'
import { kept } from './measure/widths.ts'
import type { Store } from './open-store.ts'
import { storePaths } from './paths.ts'
import { latencyReader } from './read/latencies.ts'
import { openReader } from './sqlite/connection.ts'

const [finest] = kept
const always = [0, Number.MAX_SAFE_INTEGER] as const

let scratch: ScratchStore
let store: Store
let run: SampleRun
/** What the stopwatch shows; it moves by `step` whenever it is looked at. */
let [elapsed, step] = [0, 0]

async function open(): Promise<Store> {
  return scratch.open({ elapsed: () => (elapsed += step) })
}

beforeEach(async () => {
  scratch = new ScratchStore()
  store = await open()
  run = new SampleRun(store.storage, 1)
  step = 0
  await store.storage.saveRevision(sampleRevision)
  await store.storage.commit(run.create())
})
afterEach(() => scratch.remove())

/** What is written, by width of bucket. */
function written() {
  const db = openReader(storePaths(scratch.workspace).store)
  try {
    const { within } = latencyReader(db)
    return kept.map((width) => within(width, ...always, []))
  } finally {
    db.close()
  }
}

test('a bucket that is over is written with a later group, under every width', async () => {
  step = 5
  await store.storage.commit(run.next({ changes: [] }))
  step = 0
  scratch.clock.advance(finest - 1)
  await store.storage.commit(run.next())
  expect(written().flat()).toEqual([])
  scratch.clock.advance(1)
  await store.storage.commit(run.next())
  const widths = written()
  for (const buckets of widths) {
    const [only, ...others] = buckets
    expect(others).toEqual([])
    const histogram = new Map(only?.cells)
    expect(countOf(histogram)).toBe(2)
    expect(Math.abs((quantile(histogram, 1) ?? 0) - 5)).toBeLessThan(0.25)
  }
  expect(widths.map(([only], index) => (only?.at ?? 1) % (kept[index] ?? 1))).toEqual(kept.map(() => 0))
})

test('it costs no commit of its own', async () => {
  scratch.clock.advance(finest)
  const watching = openReader(storePaths(scratch.workspace).store)
  const commits = (): number => Number(watching.pragma('data_version', { simple: true }))
  const before = commits()
  await store.storage.commit(run.next())
  const after = commits()
  watching.close()
  expect(after).toBe(before + 1)
  expect(written().flat()).not.toEqual([])
})

test('only transitions with a checkpoint are measured', async () => {
  step = 5
  await store.storage.commit(run.next())
  await store.storage.record(sampleHostEntry())
  await scratch.shut()
  expect(written().map(([only]) => countOf(new Map(only?.cells)))).toEqual(kept.map(() => 1))
})

test('one that is refused is not measured', async () => {
  const stale = run.next({ changes: [] })
  await store.storage.commit(stale)
  await expect(store.storage.commit(stale)).rejects.toThrow('version')
  await scratch.shut()
  expect(written().map(([only]) => countOf(new Map(only?.cells)))).toEqual(kept.map(() => 2))
})

test('closing writes what waits, and the next host adds to it', async () => {
  store = await open()
  await store.storage.commit(new SampleRun(store.storage, 2).create())
  await scratch.shut()
  expect(written().map((buckets) => buckets.length)).toEqual(kept.map(() => 1))
  expect(written().map(([only]) => countOf(new Map(only?.cells)))).toEqual(kept.map(() => 2))
})

test('a damaged row is found, and stays as it is', async () => {
  await scratch.shut()
  const db = new Database(storePaths(scratch.workspace).store)
  db.prepare("UPDATE commit_latency SET content = '[[1,7]]' WHERE width = ?").run(finest)
  db.close()
  store = await open()
  await store.storage.commit(new SampleRun(store.storage, 2).create())
  store = await open()
  const { findings } = await store.verify()
  expect(findings).toMatchObject([{ object: 'commit_latency', detail: 'its checksum does not match' }])
  expect(scratch.troubles).toEqual([])
})
