import type { Migration } from '../sqlite/migrate.ts'

/** How long commits took. It is measured where they are made and can be read off nothing else, so the store keeps it. */
export const commitLatency: Migration = {
  version: 2,
  up: (db) =>
    db.exec(`
      CREATE TABLE commit_latency (
        width INTEGER NOT NULL,
        at INTEGER NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (width, at)
      ) STRICT, WITHOUT ROWID;
    `),
}
