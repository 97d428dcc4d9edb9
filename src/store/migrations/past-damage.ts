import Database from 'better-sqlite3'
import { openReader } from '../sqlite/connection.ts'
import { damageOf } from '../sqlite/reading.ts'

/** A table as a migration finds it, by whose rows another is written. */
export interface Before {
  readonly table: string
  /** The columns by which its rows stand: a number, and what is told apart within that. */
  readonly group: string
  readonly key: string
  /** Selects each number that its rows may have there. */
  readonly groups: string
  /** What is read of a row beside these two. */
  readonly columns: string
  /** Which rows are read: what is damaged of others lets nothing be written of them. */
  readonly which: string
}

/** As each kind of column may hold it, so that it can be written again. */
export const isNumber = (column: string): string => `typeof(${column}) = 'integer' AND +${column} BETWEEN 0 AND 9007199254740991`

/** Whether SQLite finds nothing wrong with a table and its indexes. */
export function isInOrder(db: Database.Database, table: string): boolean {
  try {
    return db.pragma(`integrity_check(${table})`, { simple: true }) === 'ok'
  } catch (error) {
    // What an index is made of may be content that is no JSON any more.
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR') return false
    throw error
  }
}

/**
 * Puts what can be read of a table, as it was before the migration. Of two rows that have come to have one key, the one that is found by it
 * is the one that was written under it: it is put first. It is read by a connection of its own: in a transaction that has met a
 * malformed page, SQLite writes nothing more.
 */
export function takeOver(db: Database.Database, { table, group, key, groups, columns, which }: Before, put: (row: readonly unknown[]) => void): void {
  const before = openReader(db.name)
  try {
    const rows = (more: string) =>
      before.prepare<unknown[], readonly unknown[]>(`SELECT ${group}, ${key}, ${columns} FROM ${table} WHERE ${which} ${more}`).raw()
    const [all, found] = [rows(''), rows(`AND ${group} = ? AND ${key} = ?`)]
    const [up, down] = [rows(`AND ${group} = ? ORDER BY ${key}`), rows(`AND ${group} = ? ORDER BY ${key} DESC`)]
    const each = before.prepare<[], number>(groups).pluck()

    /** Where a page cannot be read, group for group, of each what stands before such a page and behind it. */
    function* met(): Generator<readonly unknown[]> {
      if (yield* untilDamage(before, all.iterate())) return
      for (const number of untilDamage(before, each.iterate())) {
        if (!(yield* untilDamage(before, up.iterate(number)))) yield* untilDamage(before, down.iterate(number))
      }
    }
    for (const [number, name] of met()) {
      for (const row of untilDamage(before, found.iterate(number, name))) put(row)
    }
    for (const row of met()) put(row)
  } finally {
    before.close()
  }
}

/** Answers whether it came to the end. */
function* untilDamage<T>({ name }: Database.Database, rows: Iterable<T>): Generator<T, boolean> {
  try {
    yield* rows
    return true
  } catch (error) {
    if (damageOf(name, error) === undefined) throw error
    return false
  }
}
