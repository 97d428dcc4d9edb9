import type Database from 'better-sqlite3'
import { openReader } from '../sqlite/connection.ts'
import type { Migration } from '../sqlite/migrate.ts'
import { damageOf } from '../sqlite/reading.ts'

const isCheckpoint = "typeof(run) = 'integer' AND +run BETWEEN 1 AND (1 << 37) - 1 AND typeof(number) = 'integer' AND +number BETWEEN 0 AND 67108863"

/**
 * A checkpoint's key is one number, of its run's and its own (`format/checkpoint-id.ts`). Appended to a table whose keys were two
 * columns, a row had SQLite level out the pages beside its own; at the end of one whose keys are numbers it moves nothing.
 *
 * A row that was damaged is no reason not to open the store: one whose numbers are none of a run or a checkpoint, or that stands on
 * a page that cannot be read, is missed by its run from now on, and of any other its checksum tells. A table that is not in order is read by itself, row for row: by an order that it has not,
 * SQLite would pass over what is whole. It is left where it is, too: whose pages it holds is not certain, and to give them back might give away another table's.
 */
export const checkpointsInOrder: Migration = {
  version: 11,
  up: (db) => {
    const isInOrder = db.pragma('integrity_check(checkpoint)', { simple: true }) === 'ok'
    db.exec(`
      ALTER TABLE checkpoint RENAME TO checkpoint_by_run;
      CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        run INTEGER AS (id >> 26) VIRTUAL,
        number INTEGER AS (id & 67108863) VIRTUAL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL
      ) STRICT;
    `)
    if (!isInOrder) return takeOverMet(db)
    db.exec(`
      INSERT OR IGNORE INTO checkpoint (id, content, checksum)
        SELECT run << 26 | number, CAST(content AS TEXT), CAST(checksum AS BLOB) FROM checkpoint_by_run WHERE ${isCheckpoint};
      DROP TABLE checkpoint_by_run;
    `)
  },
}

type Row = [run: number, number: number, content: Buffer, checksum: Buffer]

/**
 * What can be read of the table, as it was before. Of two rows that have come to have one key, the one that is found by it is the one
 * that was written under it. It is read by a connection of its own: in a transaction that has met a malformed page, SQLite writes nothing more.
 */
function takeOverMet(db: Database.Database): void {
  const put = db.prepare<Row>('INSERT OR IGNORE INTO checkpoint (id, content, checksum) VALUES (? << 26 | ?, CAST(? AS TEXT), ?)')
  const before = openReader(db.name)
  try {
    const rows = (which: string) =>
      before
        .prepare<number[], Row>(`SELECT run, number, CAST(content AS BLOB), CAST(checksum AS BLOB) FROM checkpoint WHERE ${isCheckpoint} ${which}`)
        .raw()
    const [all, found] = [rows(''), rows('AND run = ? AND number = ?')]
    const [up, down] = [rows('AND run = ? ORDER BY number'), rows('AND run = ? ORDER BY number DESC')]
    const runs = before.prepare<[], number>('SELECT number FROM run').pluck()

    /** Where a page cannot be read, run for run, of each what stands before such a page and behind it. */
    function* met(): Generator<Row> {
      if (yield* untilDamage(before, all.iterate())) return
      for (const run of runs.all()) {
        if (!(yield* untilDamage(before, up.iterate(run)))) yield* untilDamage(before, down.iterate(run))
      }
    }
    for (const [run, number] of met()) {
      for (const row of untilDamage(before, found.iterate(run, number))) put.run(...row)
    }
    for (const row of met()) put.run(...row)
  } finally {
    before.close()
  }
}

/** Answers whether it came to the end. */
function* untilDamage<T>({ name }: Database.Database, rows: Iterable<T>): Generator<T, boolean> {
  try {
    yield* rows
    return true
  } catch (error) {
    if (damageOf(name, error) === undefined) throw error
    return false
  }
}
