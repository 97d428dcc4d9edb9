import type { Migration } from '../sqlite/migrate.ts'

/** What went wrong in a run and what was done about it, one row for each error. */
export const errors: Migration = {
  version: 7,
  up: (db) =>
    db.exec(`
      CREATE TABLE error (
        run INTEGER NOT NULL,
        id TEXT NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, id)
      ) STRICT, WITHOUT ROWID;
    `),
}
