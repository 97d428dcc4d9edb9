import type Database from 'better-sqlite3'
import type { Lineage } from '../../engine/ports.ts'
import type { LineageId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Crypt } from '../crypt/crypt.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { lineageFormat } from '../format/rows.ts'
import { fromHex } from '../format/sha256.ts'

export interface NumberedLineage extends Lineage {
  readonly number: number
}

const columns = rowColumns(lineageFormat)

export function lineageReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const byId = db.prepare<[string], RawRow>(`SELECT ${columns} FROM lineage WHERE id = ?`).raw()
  const byNumber = db.prepare<[number], RawRow>(`SELECT ${columns} FROM lineage WHERE number = ?`).raw()

  return {
    /** @throws CorruptionFound */
    byId: (id: LineageId): NumberedLineage | undefined => {
      const row = byId.get(id)
      return row === undefined ? undefined : open(crypt, row)
    },

    /** The lineage that a run names. @throws CorruptionFound, where it is not there too */
    byNumber: (number: number): NumberedLineage => {
      const row = byNumber.get(number)
      if (row === undefined) throw new CorruptionFound('lineage', String(number), 'a run names it and it is not there')
      return open(crypt, row)
    },
  }
}

function open(crypt: Crypt, row: RawRow): NumberedLineage {
  const { number, id, salt } = openRow(crypt, lineageFormat, row).content
  return { number, id, salt: new Uint8Array(fromHex(salt)) }
}
