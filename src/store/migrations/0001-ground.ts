import type { Migration } from '../sqlite/migrate.ts'

/**
 * The ground: everything that a run leaves behind is clustered by the run's small number, so that a commit touches few
 * pages, and values by their lineage's. No index on the way of a commit has random keys.
 */
export const ground: Migration = {
  version: 1,
  up: (db) =>
    db.exec(`
      CREATE TABLE lineage (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL
      ) STRICT;

      CREATE TABLE value (
        lineage INTEGER NOT NULL,
        address BLOB NOT NULL,
        salt BLOB,
        body BLOB NOT NULL,
        PRIMARY KEY (lineage, address)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE run (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        workflow TEXT NOT NULL,
        status TEXT NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL
      ) STRICT;
      CREATE INDEX run_by_status ON run (status, number);
      CREATE INDEX run_by_workflow ON run (workflow, status, number);

      CREATE TABLE branch (
        run INTEGER NOT NULL,
        number INTEGER NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE step (
        run INTEGER NOT NULL,
        branch INTEGER NOT NULL,
        step TEXT NOT NULL,
        iteration INTEGER NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, branch, step, iteration)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE attempt (
        run INTEGER NOT NULL,
        branch INTEGER NOT NULL,
        step TEXT NOT NULL,
        iteration INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, branch, step, iteration, attempt)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE decision (
        run INTEGER NOT NULL,
        id TEXT NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX decision_pending ON decision (run, id) WHERE content ->> 'status' = 'pending';

      CREATE TABLE checkpoint (
        run INTEGER NOT NULL,
        number INTEGER NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE keyframe (
        run INTEGER NOT NULL,
        number INTEGER NOT NULL,
        body BLOB NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE journal (
        position INTEGER PRIMARY KEY,
        run INTEGER,
        body TEXT NOT NULL,
        digest BLOB NOT NULL
      ) STRICT;
      CREATE INDEX journal_by_run ON journal (run, position) WHERE run IS NOT NULL;

      CREATE TABLE signal (
        run INTEGER NOT NULL,
        branch INTEGER NOT NULL,
        step TEXT NOT NULL,
        iteration INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        type TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        at INTEGER NOT NULL,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        PRIMARY KEY (run, branch, step, iteration, attempt, type, ordinal)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE revision (
        hash TEXT PRIMARY KEY,
        content TEXT NOT NULL,
        checksum BLOB NOT NULL,
        bundle BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),
}
