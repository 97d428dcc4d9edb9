import { closeSync, existsSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Child } from '../../../test/conformance/child.ts'
import type { MetricsRange } from '../../model/metrics.ts'
import { startedRun } from '../../../test/conformance/samples.ts'
import { plainLife, SearchBench } from './runs/search-bench.fixture.ts'

let bench: SearchBench
beforeEach(async () => {
  bench = new SearchBench()
  await bench.open()
  for (const number of [1, 2, 3]) await bench.live(number, { ...plainLife, input: `text of ${number}` })
})
afterEach(() => bench.close())

const everything = { position: 6, total: 3 }
const found = () => bench.search([{ field: 'text', not: false, any: ['text of'] }])
const inIndex = <T>(act: (db: Database.Database) => T): T => {
  const db = new Database(bench.paths.index)
  try {
    return act(db)
  } finally {
    db.close()
  }
}

test('it is made where there is none, and goes on from where it was', () => {
  expect(existsSync(bench.paths.index)).toBe(false)
  expect(bench.index.follow(4)).toEqual({ position: 4, head: 6 })
  bench.letGo()
  expect(bench.index.follow(0)).toEqual({ position: 4, head: 6 })
  expect(found()).toMatchObject(everything)
})

test('a question follows what it may, and says as of where it answers', () => {
  const terms = bench.query([])
  const search = { ...terms, offset: 0, limit: 10, sort: null }
  expect(bench.index.answer(2, (answers) => answers.search(search))).toMatchObject({ position: 2, total: 1 })
  expect(bench.index.answer(2, (answers) => answers.search(search))).toMatchObject({ position: 4, total: 2 })
})

test.each<[string, () => void]>([
  ['is gone', () => rmSync(bench.paths.index)],
  ['is no database', () => writeFileSync(bench.paths.index, 'garbage, long enough to be looked at'.repeat(300))],
  ['is empty', () => writeFileSync(bench.paths.index, '')],
  ['is another database', () => inIndex((db) => db.exec('DROP TABLE mark; CREATE TABLE mark (other)'))],
  ['lost a table', () => inIndex((db) => db.exec('DROP TABLE stands'))],
  ['is of older tables', () => inIndex((db) => db.exec("UPDATE mark SET tables = 'runs 0'"))],
  ['is of another journal', () => inIndex((db) => db.exec(`UPDATE mark SET digest = '${'ab'.repeat(32)}'`))],
  ['is ahead of the journal', () => inIndex((db) => db.exec('UPDATE mark SET position = 99'))],
  ['knows runs that the store does not', () => inIndex((db) => db.exec("UPDATE run SET id = '0000000000000000000000009Z'  WHERE number = 2"))],
  ['knows runs that have no id', () => inIndex((db) => db.exec("UPDATE run SET id = 'x' WHERE number = 2"))],
])('a file that %s is made anew', (_, spoil) => {
  found()
  bench.letGo()
  inIndex((db) => db.pragma('wal_checkpoint(TRUNCATE)'))
  spoil()
  expect(found()).toMatchObject(everything)
  expect(found().runs).toHaveLength(3)
})

test('damage that comes while it is open is mended, too', () => {
  found()
  inIndex((db) => db.exec('DROP TABLE said; DELETE FROM run'))
  expect(found()).toMatchObject(everything)
})

test('a question that is put wrongly is a mistake of whoever put it, and no damage of the store', () => {
  const asked = () => bench.index.answer(10, () => inIndex((db) => db.prepare('SELECT undefined FROM run').all()))
  expect(asked).toThrow(/^no such column: undefined/)
  expect(found()).toMatchObject(everything)
})

const inStore = (sql: string): void => {
  const db = new Database(bench.paths.store)
  db.unsafeMode()
  db.exec(sql)
  db.close()
}

describe('a damaged entry', () => {
  const before = "replace(body, 'run_created', 'run_Created')"

  test('is gone past: what comes after it is followed, and its run is as its row says', async () => {
    await bench.scratch.shut()
    inStore(`UPDATE journal SET body = ${before} WHERE position IN (3, 6)`)
    expect(bench.index.follow(100)).toEqual({ position: 6, head: 6 })
    expect(bench.search([])).toMatchObject({ position: 6, total: 3, damaged: [] })
    expect(bench.search([{ field: 'text', not: false, any: ['text of 3'] }])).toMatchObject({ total: 1 })
    expect(bench.index.answer(0, (answers) => answers.storage()).workflows).toMatchObject([{ runs: 3 }])
  })

  test.each([
    ['the first of a slice', 5],
    ['the last of a slice', 6],
  ])('as %s, or one of which the digest is damaged, holds up nothing', async (_, position) => {
    await bench.scratch.shut()
    inStore(`UPDATE journal SET digest = x'' WHERE position = 2; UPDATE journal SET body = '' WHERE position = ${position}`)
    for (let slices = 0; slices < 3; slices += 1) bench.index.follow(2)
    expect(bench.index.follow(2)).toEqual({ position: 6, head: 6 })
    expect(bench.search([])).toMatchObject({ total: 3 })
  })

  test('that is mended while the index was closed is followed', async () => {
    await bench.scratch.shut()
    inStore(`CREATE TABLE kept AS SELECT body FROM journal WHERE position = 5; UPDATE journal SET body = ${before} WHERE position = 5`)
    expect(found()).toMatchObject({ total: 2 })
    bench.letGo()
    inStore('UPDATE journal SET body = (SELECT body FROM kept) WHERE position = 5; DROP TABLE kept')
    expect(found()).toMatchObject(everything)
  })
})

test.each([
  ['run', 'missed' as const],
  ['step', 'found' as const],
  ['checkpoint', 'found' as const],
  ['value', 'found' as const],
  ['value_address', 'found' as const],
  ['journal', 'found' as const],
])('a page of %s that cannot be read hides no other run; those of it are %s', async (table, those) => {
  for (let number = 4; number <= 40; number += 1) await bench.live(number, { ...plainLife, input: `text of ${number} `.repeat(20), at: ['draft'] })
  await bench.scratch.shut()
  const db = new Database(bench.paths.store)
  const { page, cells } =
    db
      .prepare<[string], { page: number; cells: number }>("SELECT pageno AS page, ncell AS cells FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path")
      .get(table) ?? expect.fail('it has no pages')
  db.close()
  const handle = openSync(bench.paths.store, 'r+')
  writeSync(handle, Buffer.alloc(100, 0xff), 0, 100, (page - 1) * 4_096)
  closeSync(handle)
  const missed = those === 'missed' ? cells : 0
  const { total, runs, damaged } = bench.search([])
  expect(total).toBe(40 - missed)
  expect(runs).toHaveLength(40 - missed)
  expect(damaged).toHaveLength(missed)
})

test('entries on pages that cannot be read are gone past, however many come in a row, and told of with what is added up', async () => {
  for (let number = 4; number <= 40; number += 1) await bench.live(number, plainLife)
  await bench.scratch.shut()
  const db = new Database(bench.paths.store)
  const pages = db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'journal' AND pagetype = 'leaf' ORDER BY path LIMIT 3").pluck().all()
  db.close()
  const handle = openSync(bench.paths.store, 'r+')
  for (const page of pages) writeSync(handle, Buffer.alloc(4_096), 0, 4_096, (page - 1) * 4_096)
  closeSync(handle)
  expect(bench.index.follow(2)).toMatchObject({ head: 80 })
  expect(bench.search([])).toMatchObject({ position: 80, total: 40, damaged: [] })
  const of = (range: MetricsRange) => bench.index.answer(100, (answers) => answers.metrics(range, []))
  expect(() => of({ from: 0, to: 1_000, workflow: null })).toThrow('journal 1 is corrupt: what it adds to these figures cannot be read')
})

test.each(['step', 'decision'])('where the words of the table %s of the store are damaged, that is said', async (table) => {
  await bench.scratch.shut()
  inStore(`PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'content', 'contenu') WHERE name = '${table}'`)
  expect(found).toThrow(/^file .* is corrupt: no such column/)
})

test('a run whose row is damaged is left as it was, and the others are followed', async () => {
  found()
  await bench.live(4, { ...plainLife, input: 'text of 4' })
  await bench.live(5, { ...plainLife, input: 'text of 5' })
  await bench.scratch.shut()
  const db = new Database(bench.paths.store)
  db.exec('UPDATE run SET checksum = zeroblob(32) WHERE number = 4')
  db.close()
  expect(found()).toMatchObject({ position: 10, total: 4 })
})

test('a process that is killed while it follows leaves a whole index of some position', async () => {
  const { storage } = bench.store
  const run = await startedRun(storage, 9)
  for (let commits = 0; commits < 300; commits += 1) await storage.commit(run.next())

  const child = new Child('following.ts', bench.scratch.workspace)
  for (let slices = 0; slices < 20; slices += 1) await child.says()
  await child.kill()
  expect(child.signal).toBe('SIGKILL')

  expect(inIndex((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok')
  const { position, head } = bench.index.follow(0)
  expect(position).toBeGreaterThanOrEqual(20)
  expect(head).toBe(307)
  expect(bench.search([])).toMatchObject({ position: 307, total: 4 })
  expect(found().total).toBe(3)
})
