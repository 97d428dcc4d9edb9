import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CorruptionFound, StorageFailed, VersionConflict } from '../../model/storage-errors.ts'
import { runId } from '../../../test/conformance/samples.ts'
import { Group } from './group.ts'

let folder: string
let file: string
let db: Database.Database
let memory: string[]
let heard: string[]
let deferred: (() => void)[]
let group: Group
let begin: () => void

/** A store of words, with a rule that only COMMIT looks at. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-group-'))
  file = join(folder, 'words.db')
  db = new Database(file, { timeout: 0 })
  db.exec(`CREATE TABLE known (word TEXT PRIMARY KEY);
           CREATE TABLE word (word TEXT UNIQUE REFERENCES known DEFERRABLE INITIALLY DEFERRED)`)
  ;[memory, heard, deferred] = [[], [], []]
  const follower = {
    mark: () => {
      const before = [...memory]
      return () => {
        memory = before
      }
    },
  }
  const outcomes = {
    committed: () => heard.push('committed'),
    failed: ({ fault }: StorageFailed) => heard.push(`failed: ${fault}`),
    damaged: ({ key }: CorruptionFound) => heard.push(`damaged: ${key}`),
  }
  begin = () => {
    db = new Database(file, { timeout: 0 })
    group = new Group(db, (call) => deferred.push(call), [follower], outcomes)
  }
  db.close()
  begin()
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const insert = (word: string, known = true) => () => {
  memory.push(word)
  if (known) db.prepare('INSERT INTO known VALUES (?)').run(word)
  db.prepare('INSERT INTO word VALUES (?)').run(word)
  return word
}
const submit = (work: () => string) => {
  const promise = group.submit(work)
  promise.then(
    (word) => heard.push(word),
    (error: unknown) => heard.push(error instanceof Error ? error.name : ''),
  )
  return promise
}
const stored = () => db.prepare('SELECT word FROM word ORDER BY rowid').pluck().all()
const turn = () => deferred.splice(0).forEach((call) => call())

test('what one turn submits is committed together, and nobody hears of it before', async () => {
  const all = Promise.all([submit(insert('one')), submit(insert('two'))])
  expect(deferred).toHaveLength(1)
  expect(stored()).toEqual([])
  turn()
  expect(stored()).toEqual(['one', 'two'])
  expect(await all).toEqual(['one', 'two'])
  expect(heard).toEqual(['committed', 'one', 'two'])
})

test('one that throws is undone by itself, in memory too', async () => {
  const settled = Promise.allSettled([
    submit(insert('one')),
    submit(() => {
      insert('two')()
      throw new VersionConflict(runId(1), 1, 2)
    }),
    submit(insert('three')),
  ])
  turn()
  await settled
  expect(stored()).toEqual(['one', 'three'])
  expect(memory).toEqual(['one', 'three'])
  expect(heard).toEqual(['committed', 'one', 'VersionConflict', 'three'])
})

test('one whose statement fails is undone by itself', async () => {
  const settled = Promise.allSettled([submit(insert('one')), submit(insert('one', false)), submit(insert('two'))])
  turn()
  const [, second] = await settled
  expect(second).toMatchObject({ reason: expect.any(StorageFailed) })
  expect(second).toMatchObject({ reason: { message: expect.stringContaining('UNIQUE constraint failed') } })
  expect(stored()).toEqual(['one', 'two'])
})

test('where COMMIT fails, all fail and nothing is stored; the next group goes on', async () => {
  const settled = Promise.allSettled([submit(insert('one')), submit(insert('two', false))])
  turn()
  await settled
  expect(heard).toEqual(['failed: null', 'StorageFailed', 'StorageFailed'])
  expect(stored()).toEqual([])
  expect(memory).toEqual([])

  const again = submit(insert('one'))
  turn()
  expect(await again).toBe('one')
  expect(stored()).toEqual(['one'])
})

test('where another holds the file, all fail', async () => {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  const settled = Promise.allSettled([submit(insert('one')), submit(insert('two'))])
  turn()
  await settled
  expect(heard).toEqual(['failed: held', 'StorageFailed', 'StorageFailed'])
  other.close()
})

test('where the disk is full, all fail with that, and the next group that finds room goes on', async () => {
  const pages = Number(db.pragma('page_count', { simple: true }))
  db.pragma(`max_page_count = ${pages}`)
  const large = 'x'.repeat(100_000)
  const settled = Promise.allSettled([submit(insert('one')), submit(insert(large)), submit(insert('two'))])
  turn()
  const [first] = await settled
  expect(first).toMatchObject({ reason: { fault: 'full', message: expect.stringContaining(`${file} cannot be used: its disk is full`) } })
  expect(heard).toEqual(['failed: full', 'StorageFailed', 'StorageFailed', 'StorageFailed'])
  expect(stored()).toEqual([])
  expect(memory).toEqual([])

  db.pragma('max_page_count = 1000000')
  const again = submit(insert(large))
  turn()
  await again
  expect(stored()).toEqual([large])
})

/** Makes a page of the file malformed, and opens it again. */
function damage(page: number): void {
  db.close()
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(100, 0xff), 0, 100, (page - 1) * 4_096)
  closeSync(handle)
  begin()
}

test('where a page of the file is malformed, whose work needs it is told of the damage, and all others are committed', async () => {
  db.exec('CREATE TABLE plain (word TEXT)')
  damage(db.prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'word'").pluck().get() ?? 0)
  const plain = () => {
    db.prepare("INSERT INTO plain VALUES ('whole')").run()
    return 'whole'
  }
  const settled = Promise.allSettled([submit(plain), submit(insert('one')), submit(plain)])
  turn()
  const [, second] = await settled
  expect(second).toMatchObject({ reason: expect.any(CorruptionFound) })
  expect(second).toMatchObject({ reason: { object: 'file', key: file, message: expect.stringContaining('malformed') } })
  expect(heard).toEqual(['committed', `damaged: ${file}`, 'committed', 'whole', 'CorruptionFound', 'whole'])
  expect(db.prepare('SELECT count(*) FROM plain').pluck().get()).toBe(2)
  expect(db.prepare('SELECT count(*) FROM known').pluck().get()).toBe(0)
})

test.each([
  ['half of all', 2],
  ['all but one', 40],
])('however many meet damage, here %s, all others are committed, each job done at most twice', async (_, apart) => {
  db.exec('CREATE TABLE plain (number INTEGER)')
  damage(db.prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'word'").pluck().get() ?? 0)
  let done = 0
  const settled = Promise.allSettled(
    Array.from({ length: 40 }, (_each, index) =>
      submit(() => {
        done++
        if ((index + 1) % apart > 0) return insert(`word ${index}`)()
        db.prepare('INSERT INTO plain VALUES (?)').run(index)
        return 'whole'
      }),
    ),
  )
  turn()
  await settled
  const whole = 40 / apart
  expect(heard.filter((word) => word === 'CorruptionFound')).toHaveLength(40 - whole)
  expect(heard.filter((word) => word === 'whole')).toHaveLength(whole)
  expect(db.prepare('SELECT count(*) FROM plain').pluck().get()).toBe(whole)
  expect(done).toBeLessThanOrEqual(80)
  expect(memory).toEqual([])
})

test('where the file is none of SQLite any more, all are told of that', async () => {
  damage(1)
  const settled = Promise.allSettled([submit(() => 'one'), submit(() => 'two')])
  turn()
  await settled
  expect(heard).toEqual([`damaged: ${file}`, 'CorruptionFound', 'CorruptionFound'])
})

test('where SQLite rolls back all of it by itself, all fail', async () => {
  const settled = Promise.allSettled([
    submit(insert('one')),
    submit(() => {
      db.exec('ROLLBACK')
      throw new Error('the disk is full')
    }),
    submit(insert('three')),
  ])
  turn()
  await settled
  expect(heard).toEqual(['failed: null', 'StorageFailed', 'StorageFailed', 'StorageFailed'])
  expect(stored()).toEqual([])
  expect(memory).toEqual([])
})

test('closing commits what was submitted, and takes no more', async () => {
  const last = submit(insert('last'))
  group.close()
  expect(stored()).toEqual(['last'])
  expect(await last).toBe('last')
  await expect(group.submit(insert('late'))).rejects.toThrow('the store is closed')
  turn()
  expect(stored()).toEqual(['last'])
})
