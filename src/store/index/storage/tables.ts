import type Database from 'better-sqlite3'

/**
 * What each run weighs, in parts, and how far it was read for that; the sums of these by workflow; and which values have been
 * counted, each once in its lineage.
 */
export function createStorageTables(index: Database.Database): void {
  index.exec(`
    CREATE TABLE storage_run (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      workflow TEXT NOT NULL,
      lineage INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      checkpoints INTEGER NOT NULL,
      position INTEGER NOT NULL,
      parts TEXT NOT NULL
    ) STRICT;
    CREATE INDEX storage_run_by_bytes ON storage_run (bytes);
    CREATE INDEX storage_run_by_lineage ON storage_run (lineage);

    CREATE TABLE storage_sum (
      workflow TEXT NOT NULL,
      part TEXT NOT NULL,
      step TEXT NOT NULL,
      field TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (workflow, part, step, field)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE storage_value (lineage INTEGER NOT NULL, address TEXT NOT NULL, PRIMARY KEY (lineage, address)) STRICT, WITHOUT ROWID;
  `)
}
