import type { Migration } from '../sqlite/migrate.ts'

/** What stands for checkpoints that retention removed of a run that stays; `number` is the first that is there after them. */
export const stubs: Migration = {
  version: 6,
  up: (db) =>
    db.exec(`
      CREATE TABLE stub (
        run INTEGER NOT NULL,
        number INTEGER NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, number)
      ) STRICT, WITHOUT ROWID;
    `),
}
