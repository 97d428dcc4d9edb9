import type Database from 'better-sqlite3'
import type { RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { removedFormat, type RemovedRow } from '../format/rows.ts'

const columns = rowColumns(removedFormat)

/** Reads what is left of runs that retention removed. */
export function removedRunReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const byId = db.prepare<[string], RawRow>(`SELECT ${columns} FROM removed_run WHERE id = ?`).raw()
  const byNumber = db.prepare<[number], RawRow>(`SELECT ${columns} FROM removed_run WHERE number = ?`).raw()
  const numberOf = db.prepare<[string], number>('SELECT number FROM removed_run WHERE id = ?').pluck()

  const opened = (row: RawRow | undefined): RemovedRow | undefined =>
    row === undefined ? undefined : openRow(crypt, removedFormat, row).content

  return {
    /** @throws CorruptionFound */
    byId: (id: RunId): RemovedRow | undefined => opened(byId.get(id)),

    /** @throws CorruptionFound */
    find: (number: number): RemovedRow | undefined => opened(byNumber.get(number)),

    /** The removed run that an entry of the journal is filed under. @throws CorruptionFound, where it is not there too */
    byNumber: (number: number): RemovedRow => {
      const found = opened(byNumber.get(number))
      if (found === undefined) throw new CorruptionFound('removed_run', String(number), 'an entry of it was removed and it is not there')
      return found
    },

    numberOf: (id: string): number | undefined => numberOf.get(id),
  }
}
