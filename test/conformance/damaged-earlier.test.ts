/** A damaged store of an earlier schema: it is opened and what was damaged is found, or it stays as it was. */
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/effects/clock.ts'
import type { RunId } from '../../src/model/ids.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { storePaths } from '../../src/store/paths.ts'
import { openToLook } from '../../src/store/open-to-look.ts'
import { schemaVersion, StoreStuck } from '../../src/store/sqlite/migrate.ts'
import { bundledThreads } from './bundled-threads.ts'
import { type EarlierStore, earlierStores, lay } from './stores/earlier.ts'
import { LifeHost } from './stores/life-host.ts'

function kept(schema: number): EarlierStore {
  const store = earlierStores.find((each) => each.schema === schema && !each.isSealed)
  if (store === undefined) throw new Error(`no store of schema ${schema} was kept`)
  return store
}

let workspace: string
let paths: ReturnType<typeof storePaths>
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'cairn-damaged-'))
  paths = storePaths(workspace)
  mkdirSync(paths.folder)
  lay(kept(10), paths)
})
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

function withStore<T>(work: (db: Database.Database) => T): T {
  const db = new Database(paths.store)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** What verification finds, the checkpoints that it finds gone, and the runs whose every state can be read. */
async function opened(): Promise<{ readonly found: readonly string[]; readonly missed: readonly string[]; readonly whole: number; readonly all: number }> {
  const { store } = await LifeHost.open(workspace, 86_400_000, bundledThreads())
  const { runs } = await store.queries.runs({ limit: 100 })
  const { findings } = await store.verify()
  const isWhole = ({ id }: { readonly id: RunId }): boolean => {
    try {
      const head = store.storage.load(id)?.record.head ?? -1
      for (let number = 0; number <= head; number += 1) store.storage.moment(id, number)
      return true
    } catch {
      return false
    }
  }
  const whole = runs.filter(isWhole).length
  await store.close()
  const missed = findings.filter(({ object, detail }) => object === 'checkpoint' && detail === 'it is not there').map(({ key }) => key)
  return { found: findings.map(({ object }) => object), missed, whole, all: runs.length }
}

const number = 'WHERE run = 2 AND number = 1'

describe('a row of it', () => {
  test.each([
    ['a number that no checkpoint has', `UPDATE checkpoint SET number = number + 67108864 ${number}`],
    ['a number below nothing', `UPDATE checkpoint SET number = -1 ${number}`],
    ['a checksum of another', `UPDATE checkpoint SET checksum = zeroblob(32) ${number}`],
    ['the number of another run', `UPDATE checkpoint SET run = 99 ${number}`],
  ])('has %s', async (_, sql) => {
    expect(withStore((db) => db.prepare(sql).run().changes)).toBe(1)
    const { found, whole, all } = await opened()
    expect(found).toContain('checkpoint')
    expect(whole).toBe(all - 1)
  })
})

describe('where one bit of the table has flipped', () => {
  interface Cell {
    /** Places in the file: of what kinds its columns are, and of the columns. */
    readonly kinds: number
    readonly columns: number
  }

  const pageSize = 4_096
  const pages = (kind: 'leaf' | 'internal'): number[] =>
    withStore((db) => db.prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = 'checkpoint' AND pagetype = ? ORDER BY pageno").pluck().all(kind))

  /** A length in SQLite's file, and where it ends. Those of these rows take two octets at most. */
  function length(file: Buffer, at: number): readonly [value: number, end: number] {
    const first = file.readUInt8(at)
    return first < 128 ? [first, at + 1] : [(first - 128) * 128 + file.readUInt8(at + 1), at + 2]
  }

  function cellOf(file: Buffer, run: number, number: number): Cell {
    const cells = pages('leaf').flatMap((page) => {
      const start = (page - 1) * pageSize
      return Array.from({ length: file.readUInt16BE(start + 3) }, (_, index): Cell => {
        const [, header] = length(file, start + file.readUInt16BE(start + 8 + 2 * index))
        const [size, kinds] = length(file, header)
        return { kinds, columns: header + size }
      })
    })
    // Both take an octet each, unless they are 0 or 1.
    const found = cells.find(({ kinds, columns }) => file.readUInt16BE(kinds) === 0x0101 && file.readUInt16BE(columns) === 256 * run + number)
    return found ?? expect.fail(`no cell of ${run}/${number}`)
  }

  function flip(place: (file: Buffer) => number, bit: number): void {
    withStore((db) => db.pragma('wal_checkpoint(TRUNCATE)'))
    const file = readFileSync(paths.store)
    const at = place(file)
    file.writeUInt8(file.readUInt8(at) ^ bit, at)
    writeFileSync(paths.store, file)
  }

  test.each([
    ['of what kind its run is', (file: Buffer) => cellOf(file, 2, 2).kinds, 4],
    ['its run, which has such a checkpoint too', (file: Buffer) => cellOf(file, 2, 2).columns, 1],
    ['its number, of which there is another', (file: Buffer) => cellOf(file, 6, 4).columns + 1, 1],
  ])('in a row, %s, that one is missed and no other', async (_, place, bit) => {
    flip(place, bit)
    const { found, missed, whole, all } = await opened()
    expect(missed).toHaveLength(1)
    expect(found).toContain('file')
    expect(whole).toBe(all - 1)
  })

  test('in where a page of it is, no other table loses one', async () => {
    const [inner = 0] = pages('internal')
    const another = withStore((db) => Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'run_by_status'").pluck().get()))
    withStore((db) => db.pragma('wal_checkpoint(TRUNCATE)'))
    const file = readFileSync(paths.store)
    const start = (inner - 1) * pageSize
    file.writeUInt32BE(another, start + file.readUInt16BE(start + 12))
    writeFileSync(paths.store, file)

    const { found } = await opened()
    expect(found).toContain('file')
    const whole = withStore((db) => ['run', 'step', 'value', 'journal', 'checkpoint'].map((table) => db.pragma(`integrity_check(${table})`, { simple: true })))
    expect(whole).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
  })
})

function breakPage(page: number): void {
  const size = withStore((db) => Number(db.pragma('page_size', { simple: true })))
  const file = openSync(paths.store, 'r+')
  writeSync(file, Buffer.alloc(64, 0xff), 0, 64, (page - 1) * size)
  closeSync(file)
}

interface Page {
  readonly page: number
  readonly cells: number
}

/** The leaves of a table, in the order of what they hold. */
const leavesOf = (table: string): readonly Page[] =>
  withStore((db) => db.prepare<[string], Page>("SELECT pageno AS page, ncell AS cells FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path").all(table))

const checkpoints = (): number => withStore((db) => Number(db.prepare('SELECT count(*) FROM checkpoint').pluck().get()))

test.each([
  ['first', 0],
  ['one amid others', 2],
  ['last', -1],
])('where a page of it cannot be read, the %s, the checkpoints on that are missed and no others', async (_, index) => {
  const { page, cells } = leavesOf('checkpoint').at(index) ?? expect.fail('there is no such page')
  const before = checkpoints()
  breakPage(page)
  const { found, whole } = await opened()
  expect(found).toContain('file')
  expect(found.filter((object) => object === 'checkpoint')).not.toEqual([])
  expect(whole).toBeGreaterThan(0)
  expect(checkpoints()).toBe(before - cells)
})

test('where two pages of it cannot be read, what stands between them of another run is there', async () => {
  const [, first, ...others] = leavesOf('checkpoint')
  const last = others.at(-2)
  if (first === undefined || last === undefined) return expect.fail('it has too few pages')
  const before = checkpoints()
  breakPage(first.page)
  breakPage(last.page)
  await opened()
  expect(checkpoints()).toBe(before - first.cells - last.cells)
})

/** Values that no run names, so many that they take pages. */
function fillValues(): void {
  withStore((db) => {
    const lineages = db.prepare<[], number>('SELECT number FROM lineage').pluck().all()
    const put = db.prepare('INSERT INTO value (lineage, address, body) VALUES (?, randomblob(32), randomblob(200))')
    for (const lineage of lineages) for (let count = 0; count < 20; count += 1) put.run(lineage)
  })
}

/** Writes what a table does not take, as a flipped bit does. */
function loosely(table: string, work: (db: Database.Database) => void): void {
  const say = (sql: string): void =>
    withStore((db) => {
      db.unsafeMode()
      db.pragma('writable_schema = ON')
      db.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(sql, table)
    })
  const strict = withStore((db) => db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table)) ?? expect.fail('there is no such table')
  say(strict.replaceAll(' NOT NULL', '').replace('STRICT, ', ''))
  withStore(work)
  say(strict)
}

const values = (): number => withStore((db) => Number(db.prepare('SELECT count(*) FROM value').pluck().get()))

describe('of a store whose values are about to stand in the order in which they came', () => {
  test.each([
    ['first', 0],
    ['one amid others', 2],
    ['last', -1],
  ])('a page cannot be read, the %s: the values on that are missed and no others, and it can be looked at', async (_, index) => {
    lay(kept(2), paths)
    fillValues()
    const { page, cells } = leavesOf('value').at(index) ?? expect.fail('there is no such page')
    const before = values()
    breakPage(page)
    const look = await openToLook({ workspace, ...bundledThreads(), clock: systemClock, troubled: () => undefined })
    expect((await look.queries.runs({ limit: 100 })).runs.length).toBeGreaterThan(0)
    await look.close()
    const { found } = await opened()
    expect(found).toContain('file')
    expect(values()).toBe(before - cells)
  })

  test.each([
    ['a lineage that is none', "lineage = 'none'"],
    ['an address that is none', "address = 'none'"],
    ['no body', 'body = NULL'],
  ])('a row has %s: that one is missed', async (_, damage) => {
    lay(kept(2), paths)
    const before = values()
    const first = '(SELECT address FROM value WHERE lineage = 1 ORDER BY address LIMIT 1)'
    loosely('value', (db) => expect(db.prepare(`UPDATE value SET ${damage} WHERE lineage = 1 AND address = ${first}`).run().changes).toBe(1))
    const { found, whole, all } = await opened()
    expect(found).toContain('value')
    expect(whole).toBe(all - 1)
    expect(values()).toBe(before - 1)
  })
})

describe('of a store whose keys are about to come', () => {
  test('a page of decisions cannot be read: their runs cannot be read, and others can', async () => {
    lay(kept(3), paths)
    breakPage(leavesOf('decision')[0]?.page ?? expect.fail('it has no decisions'))
    const { found, whole, all } = await opened()
    expect(found).toContain('file')
    expect(whole).toBeGreaterThan(0)
    expect(whole).toBeLessThan(all)
  })

  test('a page of revisions cannot be read: those are missed', async () => {
    lay(kept(3), paths)
    breakPage(leavesOf('revision')[0]?.page ?? expect.fail('it has no revisions'))
    const { found, all } = await opened()
    expect(found).toContain('revision')
    expect(all).toBeGreaterThan(0)
  })

  test.each(['decision', 'revision'])('content of a %s that is no JSON any more keeps it from nothing', async (table) => {
    lay(kept(3), paths)
    const content = withStore((db) => db.prepare<[], string>(`SELECT content FROM ${table} ORDER BY length(content)`).pluck().get()) ?? expect.fail('it has none')
    const file = readFileSync(paths.store)
    // What was there before may lie in the file as well.
    for (let at = file.indexOf(content.slice(0, 400)); at >= 0; at = file.indexOf(content.slice(0, 400), at)) file.write('[', at)
    writeFileSync(paths.store, file)
    const { found, all } = await opened()
    expect(found).toContain(table)
    expect(all).toBeGreaterThan(0)
  })
})

describe('where what a migration has to take away cannot be read, whoever opens it is told what can be done', () => {
  const said = `stays at schema 3 of ${migrations.length}: bring back a backup, or open it with a version that knows no newer schema`
  const breakIndex = (): void => breakPage(leavesOf('decision_pending')[0]?.page ?? expect.fail('it has no such index'))

  test('the store stays as it was', async () => {
    lay(kept(3), paths)
    breakIndex()
    const was = readFileSync(paths.store)
    await expect(opened()).rejects.toThrow(StoreStuck)
    await expect(opened()).rejects.toThrow(said)
    const look = openToLook({ workspace, ...bundledThreads(), clock: systemClock, troubled: () => undefined })
    await expect(look).rejects.toThrow(StoreStuck)
    expect(withStore(schemaVersion)).toBe(3)
    expect(readFileSync(paths.store).equals(was)).toBe(true)
  })

  test('one of an earlier schema stays where the last migration that could be done has left it', async () => {
    lay(kept(2), paths)
    breakIndex()
    await expect(opened()).rejects.toThrow(said)
    expect(withStore(schemaVersion)).toBe(3)
  })
})
