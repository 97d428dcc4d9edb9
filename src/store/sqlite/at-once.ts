import type Database from 'better-sqlite3'

/**
 * Reads a file as it is at one committed moment. It is rolled back: where a malformed page was met and gone past, SQLite commits nothing,
 * not even what only read.
 */
export function atOnce<T>(db: Database.Database, read: () => T): T {
  if (db.inTransaction) return read()
  db.exec('BEGIN')
  try {
    return read()
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK')
  }
}
