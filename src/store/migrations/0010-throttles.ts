import type { Migration } from '../sqlite/migrate.ts'

/** What is throttled, one row for each: what is not there is not. */
export const throttles: Migration = {
  version: 10,
  up: (db) =>
    db.exec(`
      CREATE TABLE throttle (
        workflow TEXT NOT NULL,
        dependency TEXT NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (workflow, dependency)
      ) STRICT, WITHOUT ROWID;
    `),
}
