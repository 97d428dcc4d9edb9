import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { migrations } from '../migrations/all.ts'
import { type Durability, openReader, openWriter, StoreForeign } from './connection.ts'
import { reading } from './reading.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-connection-'))
  file = join(folder, 'store.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each<[Durability, number]>([
  ['full', 2],
  ['normal', 1],
])('%s durability is what the connection writes with, at the first open and at the next', (durability, level) => {
  for (const _ of ['first', 'next']) {
    const db = openWriter(file, durability, migrations)
    db.exec("INSERT INTO revision VALUES ('hash' || random(), '', x'', x'', '')")
    expect(db.pragma('synchronous', { simple: true })).toBe(level)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(0)
    db.close()
  }
})

test('a place where there is no WAL is refused', () => {
  expect(() => openWriter(':memory:', 'full', migrations)).toThrow('journal_mode=memory')
})

test('a reader cannot write, and runs nothing that a schema hides', () => {
  const writer = openWriter(file, 'full', migrations)
  const reader = openReader(file)
  expect(() => reader.exec('DELETE FROM run')).toThrow('readonly')
  for (const db of [writer, reader]) {
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1)
  }
  reader.close()
  writer.close()
})

test('a database of somebody else is refused, and left as it was', () => {
  const other = new Database(file)
  other.exec('CREATE TABLE song (title); INSERT INTO song VALUES (1)')
  other.pragma('user_version = 1')
  other.close()
  const before = readFileSync(file)
  expect(() => openWriter(file, 'full', migrations)).toThrow(StoreForeign)
  expect(readFileSync(file)).toEqual(before)
})

test('a file that was cut short, and one that is no database, are damage and not something to begin anew', () => {
  openWriter(file, 'full', migrations).close()
  truncateSync(file, 5_000)
  expect(() => openWriter(file, 'full', migrations)).toThrow(CorruptionFound)
  writeFileSync(file, 'this is no database, though it is long enough to look at'.repeat(100))
  expect(() => openWriter(file, 'full', migrations)).toThrow(CorruptionFound)
})

test('a file that another process holds is told of by name', () => {
  openWriter(file, 'full', migrations).close()
  const other = new Database(file)
  other.exec('BEGIN EXCLUSIVE')
  expect(() => openWriter(file, 'full', migrations)).toThrow(`${file} cannot be used: another process holds it`)
  other.close()
})

test('a place that cannot be written is told of by name', () => {
  expect(() => openWriter(folder, 'full', migrations)).toThrow(expect.objectContaining({ fault: 'forbidden' }))
})

test('what SQLite finds wrong is corruption; other errors stay what they are', () => {
  writeFileSync(file, 'this is no database, though it is long enough to look at'.repeat(100))
  const read = () => openReader(file).prepare('SELECT * FROM run').all()
  expect(() => reading(file, read)).toThrow(CorruptionFound)
  expect(() => reading(file, () => expect.fail('another error'))).toThrow('another error')
})
