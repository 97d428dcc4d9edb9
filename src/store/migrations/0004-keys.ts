import type { Migration } from '../sqlite/migrate.ts'

/**
 * Keys, for stores that are encrypted; and what SQL had read out of the content of rows, which may be encrypted now, in
 * columns: which decisions are pending, and of which workflow a revision is.
 */
export const keys: Migration = {
  version: 4,
  up: (db) =>
    db.exec(`
      CREATE TABLE keyring (
        number INTEGER PRIMARY KEY CHECK (number = 1),
        content TEXT NOT NULL,
        checksum BLOB NOT NULL
      ) STRICT;

      CREATE TABLE data_key (lineage INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
      CREATE TRIGGER data_key_goes AFTER DELETE ON lineage BEGIN DELETE FROM data_key WHERE lineage = old.number; END;

      CREATE TABLE pending (
        run INTEGER NOT NULL,
        id TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        deadline INTEGER,
        PRIMARY KEY (run, id)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO pending SELECT run, id, content ->> 'openedAt', content ->> 'deadline' FROM decision WHERE content ->> 'status' = 'pending';
      DROP INDEX decision_pending;

      ALTER TABLE revision ADD COLUMN workflow TEXT;
      UPDATE revision SET workflow = content ->> '$.manifest.name';
    `),
}
