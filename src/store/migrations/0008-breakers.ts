import type { Migration } from '../sqlite/migrate.ts'

/** Breakers that are open, one row for each: what is not there is closed. */
export const breakers: Migration = {
  version: 8,
  up: (db) =>
    db.exec(`
      CREATE TABLE breaker (
        workflow TEXT NOT NULL,
        dependency TEXT NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (workflow, dependency)
      ) STRICT, WITHOUT ROWID;
    `),
}
