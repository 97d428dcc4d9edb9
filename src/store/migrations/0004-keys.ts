import type Database from 'better-sqlite3'
import type { Migration } from '../sqlite/migrate.ts'
import { type Before, isInOrder, isNumber, takeOver } from './past-damage.ts'

/**
 * Keys, for stores that are encrypted; and what SQL had read out of the content of rows, which may be encrypted now, in
 * columns: which decisions are pending, and of which workflow a revision is.
 *
 * What is damaged of these rows, or stands on a page that cannot be read, is no reason not to open the store: such a decision is not said
 * to be pending, and such a revision is missed from now on, in a table of its own that takes the place of the damaged one.
 */
export const keys: Migration = {
  version: 4,
  up: (db) => {
    const [decisionsInOrder, revisionsInOrder] = [isInOrder(db, 'decision'), isInOrder(db, 'revision')]
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
    `)
    if (decisionsInOrder) db.exec(`INSERT OR IGNORE INTO pending SELECT run, id, ${opened} FROM decision WHERE ${isPending}`)
    else takeOverPending(db)
    db.exec('DROP INDEX decision_pending')
    if (revisionsInOrder) db.exec(`ALTER TABLE revision ADD COLUMN workflow TEXT; UPDATE revision SET workflow = ${workflow};`)
    else takeOverRevisions(db)
  },
}

/** Content that is no JSON any more says nothing. */
const said = (path: string): string => `iif(json_valid(content), content ->> '${path}', NULL)`
const orNothing = (column: string): string => `iif(typeof(${column}) = 'integer', ${column}, NULL)`

const opened = `${orNothing(said('openedAt'))}, ${orNothing(said('deadline'))}`
const isPending = `${said('status')} = 'pending'`
const workflow = said('$.manifest.name')

const byRun: Before = {
  table: 'decision',
  group: 'run',
  key: 'id',
  groups: 'SELECT number FROM run',
  columns: opened,
  which: `${isNumber('run')} AND typeof(id) = 'text' AND ${isPending}`,
}

function takeOverPending(db: Database.Database): void {
  const put = db.prepare('INSERT OR IGNORE INTO pending (run, id, opened_at, deadline) VALUES (?, ?, ?, ?)')
  takeOver(db, byRun, (row) => put.run(...row))
}

/** They stand by their hashes alone. */
const byHash: Before = {
  table: 'revision',
  group: '1',
  key: 'hash',
  groups: 'SELECT 1',
  columns: `CAST(content AS BLOB), CAST(checksum AS BLOB), CAST(bundle AS BLOB), ${workflow}`,
  which: "typeof(hash) = 'text'",
}

function takeOverRevisions(db: Database.Database): void {
  db.exec(`
    ALTER TABLE revision RENAME TO revision_by_hash;
    CREATE TABLE revision (
      hash TEXT PRIMARY KEY,
      content TEXT NOT NULL,
      checksum BLOB NOT NULL,
      bundle BLOB NOT NULL,
      workflow TEXT
    ) STRICT, WITHOUT ROWID;
  `)
  const put = db.prepare('INSERT OR IGNORE INTO revision (hash, content, checksum, bundle, workflow) VALUES (?, CAST(? AS TEXT), ?, ?, CAST(? AS TEXT))')
  takeOver(db, byHash, ([, ...row]) => put.run(...row))
}
