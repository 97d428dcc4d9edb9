import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Throttle } from '../../model/throttle.ts'
import { plain } from '../crypt/crypt.ts'
import { openRow, type RawRow, rowColumns } from '../format/row.ts'
import { throttleFormat } from '../format/throttle.ts'

/**
 * Every throttle. A row that is damaged stays for verification to find, and nothing is throttled by it: it is too much again where it
 * has to be.
 */
export function throttleReader(db: Database.Database): () => Throttle[] {
  const all = db.prepare<[], RawRow>(`SELECT ${rowColumns(throttleFormat)} FROM throttle ORDER BY workflow, dependency`).raw()
  return () =>
    all.all().flatMap((row) => {
      try {
        return openRow(plain, throttleFormat, row).content
      } catch (error) {
        if (error instanceof CorruptionFound) return []
        throw error
      }
    })
}
