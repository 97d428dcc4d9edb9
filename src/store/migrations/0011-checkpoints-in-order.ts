import type { Migration } from '../sqlite/migrate.ts'
import { type Before, isInOrder, takeOver } from './past-damage.ts'

const isCheckpoint = "typeof(run) = 'integer' AND +run BETWEEN 1 AND (1 << 37) - 1 AND typeof(number) = 'integer' AND +number BETWEEN 0 AND 67108863"

const byRun: Before = {
  table: 'checkpoint',
  group: 'run',
  key: 'number',
  groups: 'SELECT number FROM run',
  columns: 'CAST(content AS BLOB), CAST(checksum AS BLOB)',
  which: isCheckpoint,
}

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
    const wasInOrder = isInOrder(db, 'checkpoint')
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
    if (!wasInOrder) {
      const put = db.prepare('INSERT OR IGNORE INTO checkpoint (id, content, checksum) VALUES (? << 26 | ?, CAST(? AS TEXT), ?)')
      return takeOver(db, byRun, (row) => put.run(...row))
    }
    db.exec(`
      INSERT OR IGNORE INTO checkpoint (id, content, checksum)
        SELECT run << 26 | number, CAST(content AS TEXT), CAST(checksum AS BLOB) FROM checkpoint_by_run WHERE ${isCheckpoint};
      DROP TABLE checkpoint_by_run;
    `)
  },
}
