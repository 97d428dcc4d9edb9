import type Database from 'better-sqlite3'
import type { OpenBreaker } from '../../model/breaker.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { plain } from '../crypt/crypt.ts'
import { breakerFormat } from '../format/breaker.ts'
import { openRow, type RawRow, rowColumns } from '../format/row.ts'

/**
 * Every breaker that is open. A row that is damaged stays for verification to find, and its breaker is taken to be closed: it fails
 * again where it has to, and no run may wait for a row that cannot be read.
 */
export function breakerReader(db: Database.Database): () => OpenBreaker[] {
  const all = db.prepare<[], RawRow>(`SELECT ${rowColumns(breakerFormat)} FROM breaker ORDER BY workflow, dependency`).raw()
  return () =>
    all.all().flatMap((row) => {
      try {
        return openRow(plain, breakerFormat, row).content
      } catch (error) {
        if (error instanceof CorruptionFound) return []
        throw error
      }
    })
}
