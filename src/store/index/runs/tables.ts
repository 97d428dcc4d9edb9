import type Database from 'better-sqlite3'

/**
 * A narrow row for each run, under the number that the store gave it, so that a scan over all of them is short.
 * `said` holds the texts of values, as they came: those of one run and one slice of the journal are a row, each on a line of
 * its own. They are folded before they come here, so SQLite compares them byte by byte. `unread` are runs whose rows were damaged.
 */
export function createRunTables(index: Database.Database): void {
  index.exec(`
    CREATE TABLE run (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      seen INTEGER NOT NULL,
      workflow TEXT NOT NULL,
      version INTEGER NOT NULL,
      status TEXT NOT NULL,
      waiting TEXT,
      correlation TEXT NOT NULL,
      origin TEXT,
      parent TEXT,
      started INTEGER NOT NULL,
      ended INTEGER,
      attempts INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX run_by_workflow ON run (workflow);
    CREATE INDEX run_by_workflow_status ON run (workflow, status, started);
    CREATE INDEX run_by_status ON run (status);
    CREATE INDEX run_by_correlation ON run (correlation);
    CREATE INDEX run_by_origin ON run (origin) WHERE origin IS NOT NULL;
    CREATE INDEX run_by_parent ON run (parent) WHERE parent IS NOT NULL;
    CREATE INDEX run_by_start ON run (started);
    CREATE INDEX run_by_end ON run (ended);
    CREATE INDEX run_by_duration ON run (ended - started);

    CREATE TABLE unread (run TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    CREATE TABLE stands (run INTEGER NOT NULL, step TEXT NOT NULL, PRIMARY KEY (run, step)) STRICT, WITHOUT ROWID;
    CREATE INDEX stands_by_step ON stands (step, run);

    CREATE TABLE failure (run INTEGER PRIMARY KEY, class TEXT NOT NULL, name TEXT NOT NULL, message TEXT NOT NULL) STRICT;

    CREATE TABLE said (id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE INDEX said_by_run ON said (run);
  `)
}
