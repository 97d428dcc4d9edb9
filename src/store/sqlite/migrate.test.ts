import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Child } from '../../../test/conformance/child.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { startedRun } from '../../../test/conformance/samples.ts'
import { migrations } from '../migrations/all.ts'
import { storePaths } from '../paths.ts'
import { openWriter } from './connection.ts'
import { type Migration, migrate, schemaVersion, StoreStuck, StoreTooNew } from './migrate.ts'
import { assertSqlite, isAtLeast, SqliteTooOld } from './sqlite-version.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-migrate-'))
  file = join(folder, 'store.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const adds = (version: number): Migration => ({ version, up: (db) => db.exec(`CREATE TABLE t${version} (a)`) })
const tables = (db: Database.Database) => db.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all()

test('migrations are numbered from 1 without a gap', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
})

test('each is done once, in order', () => {
  const db = new Database(file)
  migrate(db, [adds(1)])
  migrate(db, [adds(1), adds(2), adds(3)])
  migrate(db, [adds(1), adds(2), adds(3)])
  expect(tables(db)).toEqual(['t1', 't2', 't3'])
  expect(schemaVersion(db)).toBe(3)
  db.close()
})

test('one that asks for what the words of the schema do not name any more has met damage', () => {
  const db = new Database(file)
  const asks: Migration = { version: 2, up: (under) => under.exec('INSERT INTO t1 (b) VALUES (1)') }
  expect(() => migrate(db, [adds(1), { version: 2, up: (under) => under.exec('SELECT b FROM t1') }])).toThrow(StoreStuck)
  expect(() => migrate(db, [adds(1), asks])).toThrow('it stays at schema 1 of 2')
  db.close()
})

test('one that fails leaves the version before it', () => {
  const db = new Database(file)
  const fails: Migration = {
    version: 2,
    up: (under) => under.exec('CREATE TABLE half (a); CREATE TABLE t1 (again)'),
  }
  expect(() => migrate(db, [adds(1), fails])).toThrow('t1')
  expect(tables(db)).toEqual(['t1'])
  expect(schemaVersion(db)).toBe(1)
  db.close()
})

test('a newer schema is refused, untouched, with the way out', () => {
  const ours: Migration = { version: 1, up: (db) => db.exec('CREATE TABLE journal (a)') }
  const newer = new Database(file)
  migrate(newer, [ours, adds(2)])
  newer.close()
  expect(() => openWriter(file, 'full', [ours])).toThrow(StoreTooNew)
  expect(() => openWriter(file, 'full', [ours])).toThrow('has schema 2, and this version of Cairn knows 1 at most')
})

test.each(migrations.map(({ version }) => version - 1))('a store of schema %i comes to the newest', (version) => {
  openWriter(file, 'full', migrations.slice(0, version)).close()
  const db = openWriter(file, 'full', migrations)
  expect(schemaVersion(db)).toBe(migrations.length)
  db.close()
})

test('a process killed in the middle of a migration leaves the store as it was', async () => {
  const scratch = new ScratchStore()
  const { storage } = await scratch.open()
  const run = await startedRun(storage, 1)
  const before = storage.load(run.id)
  await scratch.shut()

  const child = new Child('migrating.ts', storePaths(scratch.workspace).store)
  await child.rest()
  expect(child.signal).toBe('SIGKILL')

  const reopened = await scratch.open()
  expect(reopened.storage.load(run.id)).toEqual(before)
  expect(await reopened.verify()).toMatchObject({ findings: [], checked: { runs: 1 } })
  await scratch.remove()
})

test('an SQLite with the WAL-reset bug is refused', () => {
  expect(isAtLeast('3.51.3', [3, 51, 3])).toBe(true)
  expect(isAtLeast('3.54.1', [3, 51, 3])).toBe(true)
  expect(isAtLeast('4.0.0', [3, 51, 3])).toBe(true)
  expect(isAtLeast('3.51.2', [3, 51, 3])).toBe(false)
  expect(isAtLeast('3.51', [3, 51, 3])).toBe(false)
  expect(() => assertSqlite('3.51.2')).toThrow(SqliteTooOld)
})
