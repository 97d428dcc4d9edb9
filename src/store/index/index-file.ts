/** The file of the index: opened as it was left, or made anew. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { Position } from '../../model/entry.ts'
import { Checksum } from '../../model/ids.ts'
import { genesis } from '../format/journal-digest.ts'
import type { JournalHead } from '../read/journal.ts'
import { IndexBroken } from './index-broken.ts'
import type { Projection } from './projection.ts'

/** Where the index stands: which entry it read last, and what its tables mean. */
const Mark = z.object({ position: Position, digest: Checksum, tables: z.string() })

/** KiB of pages that are kept at hand: what a slice touches of the tables' indexes. */
const cache = 16_384

export interface IndexFile {
  readonly db: Database.Database
  /** The entry that was read last; genesis before the first. */
  readonly mark: JournalHead
  /** Damaged entries that were gone past. */
  passed(): Position[]
  /** To be called within the transaction that follows up to that entry, past the damaged ones. */
  moveTo(mark: JournalHead, past: readonly Position[]): void
}

/** Opens what is there. @throws IndexBroken, or SQLite's error, where it has to be made anew */
export function openIndexFile(file: string, projections: readonly Projection[]): IndexFile {
  return opened(new Database(file, { fileMustExist: true }), projections)
}

/** Makes an empty one in the place of whatever is there. */
export function makeIndexFile(file: string, projections: readonly Projection[]): IndexFile {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true })
  const db = new Database(file)
  try {
    db.pragma('journal_mode = WAL')
    db.transaction(() => {
      db.exec('CREATE TABLE mark (position INTEGER NOT NULL, digest TEXT NOT NULL, tables TEXT NOT NULL) STRICT')
      db.exec('CREATE TABLE passed (position INTEGER PRIMARY KEY) STRICT')
      db.prepare('INSERT INTO mark (position, digest, tables) VALUES (0, ?, ?)').run(genesis, tablesOf(projections))
      for (const { create } of projections) create(db)
    }).exclusive()
  } catch (error) {
    db.close()
    throw error
  }
  return opened(db, projections)
}

function opened(db: Database.Database, projections: readonly Projection[]): IndexFile {
  try {
    db.pragma('trusted_schema = OFF')
    if (db.memory) db.pragma('temp_store = MEMORY')
    db.pragma('cell_size_check = ON')
    // A power cut may take the newest slices. They are read again.
    db.pragma('synchronous = NORMAL')
    db.pragma(`cache_size = -${cache}`)
    const mark = Mark.safeParse(db.prepare('SELECT position, digest, tables FROM mark').get())
    if (!mark.success) throw new IndexBroken('it does not say where it stands')
    if (mark.data.tables !== tablesOf(projections)) throw new IndexBroken(`its tables are ${mark.data.tables}`)
    const move = db.prepare<[number, string]>('UPDATE mark SET position = ?, digest = ?')
    const pass = db.prepare<[number]>('INSERT INTO passed (position) VALUES (?) ON CONFLICT DO NOTHING')
    const passed = db.prepare<[], number>('SELECT position FROM passed').pluck()
    const moveTo: IndexFile['moveTo'] = ({ position, digest }, past) => {
      move.run(position, digest)
      for (const each of past) pass.run(each)
    }
    return { db, mark: mark.data, passed: () => passed.all(), moveTo }
  } catch (error) {
    db.close()
    throw error
  }
}

function tablesOf(projections: readonly Projection[]): string {
  return projections.map(({ name, version }) => `${name} ${version}`).join(', ')
}
