import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { isMalformed } from '../sqlite/reading.ts'

/** What is read; undefined where it is damaged, or stands on a page that cannot be read. Whoever reads so says what then holds: verification is what tells of damage. */
export function ifWhole<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CorruptionFound || isMalformed(error)) return undefined
    throw error
  }
}

/** The same of what is read where something is written, too. A page that cannot be read spoils such a transaction: there it is thrown. */
export function ifWholeIn<T>(db: Database.Database, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    const isSpoilt = db.inTransaction && !db.readonly
    if (error instanceof CorruptionFound || (isMalformed(error) && !isSpoilt)) return undefined
    throw error
  }
}
