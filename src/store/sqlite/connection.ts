/**
 * Connections to the store's file.
 *
 * Invariants:
 * 1. Nothing here is left to SQLite's defaults: they differ between builds, and between the first open and the next.
 * 2. A writer is handed out only after a write has shown that its durability is what was asked for.
 */
import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { StorageError, StorageFailed } from '../../model/storage-errors.ts'
import { type Migration, migrate, schemaVersion } from './migrate.ts'
import { reading } from './reading.ts'
import { assertSqlite } from './sqlite-version.ts'

/** `full`: a commit survives a power cut. `normal`: it survives a killed process; a power cut may take the newest ones. */
export type Durability = 'full' | 'normal'

/** Nobody else writes (the owner's lock sees to that), so a wait this long (ms) is a fault and not a queue. */
const patience = 1_000

/** The same once the writer is open, where each wait holds up the engine and whoever asks it. */
export const briefPatience = 50

/** Kibibytes of pages: what a group touches is not read again for the next one. */
const cache = 16_000

const synchronous = { full: 2, normal: 1 } as const

/** The file is a database of another program, or of nobody; nothing of it was touched. */
export class StoreForeign extends StorageError {
  override readonly name = 'StoreForeign'
}

/**
 * Opens or creates the file, brings its schema up to date and proves its durability by a write.
 * @throws SqliteTooOld, StoreTooNew, StoreForeign, StorageFailed, CorruptionFound
 */
export function openWriter(file: string, durability: Durability, migrations: readonly Migration[]): Database.Database {
  return reading(file, () => {
    if (existsSync(file)) accessSync(file, constants.W_OK)
    const db = new Database(file, { timeout: patience })
    return orClosed(db, () => prepareWriter(db, durability, migrations))
  })
}

function prepareWriter(db: Database.Database, durability: Durability, migrations: readonly Migration[]): void {
  assertSqlite(String(db.prepare('SELECT sqlite_version()').pluck().get()))
  guard(db)
  assertOurs(db)
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${synchronous[durability]}`)
  db.pragma('wal_autocheckpoint = 0')
  db.pragma(`cache_size = ${-cache}`)
  migrate(db, migrations)
  proveDurability(db, durability)
  db.pragma(`busy_timeout = ${briefPatience}`)
}

/** A connection that cannot write. The file must be there. @throws StorageFailed, CorruptionFound */
export function openReader(file: string): Database.Database {
  return reading(file, () => {
    // Of one that is not there, SQLite says the same as of one that may not be opened.
    accessSync(file, constants.R_OK)
    assertLeavesNothing(file)
    const db = new Database(file, { readonly: true, timeout: patience })
    return orClosed(db, () => guard(db))
  })
}

/**
 * What SQLite makes beside a file that has a WAL may be written by whoever may write the file: where nobody may, it would keep its owner from
 * it for good.
 */
function assertLeavesNothing(file: string): void {
  if (existsSync(`${file}-shm`)) return
  try {
    accessSync(file, constants.W_OK)
  } catch (error) {
    // Read only where nobody may write it: to close it again gives up the locks that SQLite has on it in this process.
    if (hasWal(file)) throw error
  }
}

/** As SQLite's file format has it: the version that is needed to read the file. */
function hasWal(file: string): boolean {
  const version = Buffer.alloc(1)
  const opened = openSync(file, 'r')
  try {
    return readSync(opened, version, { position: 19 }) === 1 && version[0] === 2
  } finally {
    closeSync(opened)
  }
}

function orClosed(db: Database.Database, prepare: () => void): Database.Database {
  try {
    prepare()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A file may have been made to harm: its schema runs nothing, its cells are bounds-checked. */
function guard(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
}

/** A store is a file without any tables, or one with a schema of ours. @throws StoreForeign */
function assertOurs(db: Database.Database): void {
  if (!isNew(db)) assertStore(db)
}

/** @throws StoreForeign where it is none that was begun already */
export function assertStore(db: Database.Database): void {
  if (isStore(db)) return
  if (isNew(db)) throw new StoreForeign(`${db.name} holds nothing, and is no store of Cairn's: bring back the store or a backup of it`)
  throw new StoreForeign(
    `${db.name} is a database, but no store of Cairn's: put it elsewhere, and bring back the store or a backup of it`,
  )
}

/** A file that nobody has written to. */
function isNew(db: Database.Database): boolean {
  return schemaVersion(db) === 0 && tablesOf(db).length === 0
}

/** Whether it has a schema of ours. */
export function isStore(db: Database.Database): boolean {
  return schemaVersion(db) > 0 && tablesOf(db).includes('journal')
}

function tablesOf(db: Database.Database): string[] {
  return db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
}

/** What a connection reports before its first write is not what it does then: write first, then ask. */
function proveDurability(db: Database.Database, durability: Durability): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  db.transaction(() => db.pragma(`user_version = ${version}`)).immediate()
  const mode = db.pragma('journal_mode', { simple: true })
  const level = db.pragma('synchronous', { simple: true })
  if (mode === 'wal' && level === synchronous[durability]) return
  throw new StorageFailed(
    `${db.name} reports journal_mode=${String(mode)}, synchronous=${String(level)} instead of wal and ` +
      `${synchronous[durability]}: move the workspace to a local disk, which network and overlay file systems are not`,
  )
}
