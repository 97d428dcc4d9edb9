import type { Migration } from '../sqlite/migrate.ts'

/**
 * A checkpoint's key is one number, of its run's and its own (`format/checkpoint-id.ts`). Appended to a table whose keys were two
 * columns, a row had SQLite level out the pages beside its own; at the end of one whose keys are numbers it moves nothing.
 *
 * A row that was damaged is no reason not to open the store: one whose numbers are none of a run or a checkpoint is missed by its
 * run from now on, and of any other its checksum tells.
 */
export const checkpointsInOrder: Migration = {
  version: 11,
  up: (db) =>
    db.exec(`
      ALTER TABLE checkpoint RENAME TO checkpoint_by_run;
      CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        run INTEGER AS (id >> 26) VIRTUAL,
        number INTEGER AS (id & 67108863) VIRTUAL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL
      ) STRICT;
      INSERT OR IGNORE INTO checkpoint (id, content, checksum)
        SELECT run << 26 | number, CAST(content AS TEXT), CAST(checksum AS BLOB) FROM checkpoint_by_run
        WHERE run BETWEEN 1 AND (1 << 37) - 1 AND number BETWEEN 0 AND 67108863 ORDER BY run, number;
      DROP TABLE checkpoint_by_run;
    `),
}
