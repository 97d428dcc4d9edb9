/** Lists of runs of which some rows are damaged. */
import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runId, type SampleRun, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { WorkflowName } from '../../model/ids.ts'
import type { RunFilter } from '../../model/views.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { storePaths } from '../paths.ts'
import { openReads } from '../reader/reads.ts'

let scratch: ScratchStore
beforeEach(async () => {
  scratch = new ScratchStore()
  const { storage } = await scratch.open()
  const all: SampleRun[] = []
  for (const number of [1, 2, 3, 4]) all.push(await startedRun(storage, number))
  await scratch.shut()
})
afterEach(() => scratch.remove())

function damage(sql: string): void {
  const db = new Database(storePaths(scratch.workspace).store)
  db.exec(sql)
  db.close()
}

function page(filter: Partial<RunFilter> = {}) {
  const reads = openReads(scratch.workspace)
  try {
    const { runs, next, damaged } = reads.runs({ limit: 10, ...filter })
    return { runs: runs.map(({ id }) => Number(id)), next: next === null ? null : Number(next), damaged }
  } finally {
    reads.close()
  }
}

test('a damaged run hides no other, and is named', () => {
  damage('UPDATE run SET checksum = zeroblob(32) WHERE number = 2')
  expect(page()).toEqual({ runs: [4, 3, 1], next: null, damaged: [runId(2)] })
  expect(page({ status: ['running', 'failed'] })).toEqual({ runs: [4, 3, 1], next: null, damaged: [runId(2)] })
})

test('of pages, each run is on one and each damaged one is named once, however many there are', () => {
  damage('UPDATE run SET checksum = zeroblob(32) WHERE number IN (2, 3)')
  expect(page({ limit: 1 })).toEqual({ runs: [4], next: 4, damaged: [] })
  expect(page({ limit: 1, after: runId(4) })).toEqual({ runs: [1], next: null, damaged: [runId(3), runId(2)] })
  damage('UPDATE run SET checksum = zeroblob(32)')
  expect(page({ limit: 1 })).toEqual({ runs: [], next: null, damaged: [4, 3, 2, 1].map(runId) })
})

test('one whose id is damaged is told by what stands there', () => {
  damage("UPDATE run SET id = 'no id' WHERE number = 4")
  expect(page({ limit: 3 })).toEqual({ runs: [3, 2, 1], next: null, damaged: ['no id'] })
})

test('those that stand on a page that cannot be read are named by the index of ids, and keep no other from being gone on with', async () => {
  const before = await scratch.open()
  for (let number = 5; number <= 40; number += 1) await startedRun(before.storage, number)
  await scratch.shut()
  const { store } = storePaths(scratch.workspace)
  const db = new Database(store)
  const leaves = db.prepare<[], { page: number; cells: number }>("SELECT pageno AS page, ncell AS cells FROM dbstat WHERE name = 'run' AND pagetype = 'leaf' ORDER BY path")
  const { page: first, cells } = leaves.get() ?? expect.fail('there is no page of runs')
  db.close()
  const file = openSync(store, 'r+')
  writeSync(file, Buffer.alloc(100, 0xff), 0, 100, (first - 1) * 4_096)
  closeSync(file)
  const { storage } = await scratch.open()
  const all = Array.from({ length: 40 }, (_, index) => runId(index + 1))
  expect(storage.unfinished()).toEqual({ runs: all, damaged: [] })
  for (const run of all.slice(0, cells)) expect(() => storage.load(run)).toThrow(CorruptionFound)
  for (const run of all.slice(cells)) expect(storage.load(run)).toBeDefined()
  await scratch.shut()
  const whole = Array.from({ length: 40 - cells }, (_, index) => 40 - index)
  const damaged = all.slice(0, cells).toReversed()
  for (const filter of [{}, { status: ['running' as const] }, { workflow: WorkflowName.parse('outreach') }]) {
    expect(page({ limit: 100, ...filter })).toEqual({ runs: whole, next: null, damaged })
    expect(page({ limit: 5, ...filter, after: runId(cells + 3) })).toEqual({ runs: [cells + 2, cells + 1], next: null, damaged })
  }
})
