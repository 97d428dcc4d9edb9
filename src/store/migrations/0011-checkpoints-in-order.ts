import type Database from 'better-sqlite3'
import type { Migration } from '../sqlite/migrate.ts'

const isCheckpoint = "typeof(run) = 'integer' AND +run BETWEEN 1 AND (1 << 37) - 1 AND typeof(number) = 'integer' AND +number BETWEEN 0 AND 67108863"
const row = 'run << 26 | number, CAST(content AS TEXT), CAST(checksum AS BLOB)'

/**
 * A checkpoint's key is one number, of its run's and its own (`format/checkpoint-id.ts`). Appended to a table whose keys were two
 * columns, a row had SQLite level out the pages beside its own; at the end of one whose keys are numbers it moves nothing.
 *
 * A row that was damaged is no reason not to open the store: one whose numbers are none of a run or a checkpoint is missed by its
 * run from now on, and of any other its checksum tells. A table that is not in order is read by itself, row for row: by an order that it has not,
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
    if (!isInOrder) takeOverFound(db)
    db.exec(`INSERT OR IGNORE INTO checkpoint (id, content, checksum) SELECT ${row} FROM checkpoint_by_run WHERE ${isCheckpoint}`)
    if (isInOrder) db.exec('DROP TABLE checkpoint_by_run')
  },
}

/** Of two rows that have come to have one key, the one that is found by it is the one that was written under it. */
function takeOverFound(db: Database.Database): void {
  db.exec(`
    INSERT OR IGNORE INTO checkpoint (id, content, checksum)
      SELECT ${row} FROM (
        SELECT found.run AS run, found.number AS number, found.content AS content, found.checksum AS checksum
        FROM checkpoint_by_run AS met CROSS JOIN checkpoint_by_run AS found ON found.run = met.run AND found.number = met.number
      ) WHERE ${isCheckpoint}
  `)
}
