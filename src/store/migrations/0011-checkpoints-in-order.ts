import type { Migration } from '../sqlite/migrate.ts'

/**
 * A checkpoint's key is one number, of its run's and its own (`format/checkpoint-id.ts`). Appended to a table whose keys were two
 * columns, a row had SQLite level out the pages beside its own; at the end of one whose keys are numbers it moves nothing.
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
      INSERT INTO checkpoint (id, content, checksum)
        SELECT run << 26 | number, content, checksum FROM checkpoint_by_run ORDER BY run, number;
      DROP TABLE checkpoint_by_run;
    `),
}
