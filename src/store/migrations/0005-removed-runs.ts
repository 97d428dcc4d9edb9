import type { Migration } from '../sqlite/migrate.ts'

/** What is left of a run that retention removed. It keeps the number: entries of the journal are filed under it. */
export const removedRuns: Migration = {
  version: 5,
  up: (db) =>
    db.exec(`
      CREATE TABLE removed_run (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL
      ) STRICT;
    `),
}
