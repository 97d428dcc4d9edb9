/** What is found where the rows of some runs are damaged. */
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runId } from '../../../../test/conformance/samples.ts'
import type { FoundRuns } from '../../../model/found-runs.ts'
import { parse } from '../../../model/query/parse.ts'
import { type Page, plainLife, SearchBench } from './search-bench.fixture.ts'

let bench: SearchBench
beforeEach(async () => {
  bench = new SearchBench()
  await bench.open()
  for (const number of [1, 2, 3, 4]) await bench.live(number, plainLife)
})
afterEach(() => bench.close())

const search = (query: string, page: Page = {}): FoundRuns => bench.search(parse(query).terms, page)
const numbers = ({ runs }: FoundRuns): number[] => runs.map(({ id }) => Number(id))

/** Damages the row of a run; what it answers mends it. */
async function damage(number: number): Promise<() => void> {
  await bench.scratch.shut()
  const inStore = <T>(act: (db: Database.Database) => T): T => {
    const db = new Database(bench.paths.store)
    try {
      return act(db)
    } finally {
      db.close()
    }
  }
  const checksum = inStore((db) => db.prepare('SELECT checksum FROM run WHERE number = ?').pluck().get(number))
  const write = (value: unknown) => () => inStore((db) => void db.prepare('UPDATE run SET checksum = ? WHERE number = ?').run(value, number))
  write(Buffer.alloc(32))()
  return write(checksum)
}

test('one that is known hides no other, on no page, and is named until it is whole again', async () => {
  expect(search('')).toMatchObject({ total: 4, damaged: [] })
  const mend = await damage(3)
  const first = search('', { limit: 2 })
  expect([numbers(first), first.total, first.damaged]).toEqual([[4, 2], 3, [runId(3)]])
  expect(numbers(search('', { limit: 2, offset: 2 }))).toEqual([1])
  mend()
  expect(search('')).toMatchObject({ total: 4, damaged: [] })
})

test('one that was damaged before it was known is named, and found once it is whole', async () => {
  const mend = await damage(4)
  const found = search('status:running')
  expect([numbers(found), found.damaged]).toEqual([[3, 2, 1], [runId(4)]])
  bench.letGo()
  expect(search('status:failed')).toMatchObject({ total: 0, damaged: [runId(4)] })
  mend()
  expect(search('status:running')).toMatchObject({ total: 4, damaged: [] })
})
