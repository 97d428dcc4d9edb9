import Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { faultOf } from './fault.ts'

/**
 * Runs a reading of the file. What SQLite itself finds wrong there is answered like any other damage, and what keeps it
 * from reading as that.
 * @throws CorruptionFound, StorageFailed
 */
export function reading<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw damageOf(file, error) ?? faultOf(file, error) ?? error
  }
}

const damaged = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT']
const unnamed = /^no such (table|column|index)|^table \S+ has no column/

/**
 * What SQLite found wrong in its file, where that is what the error says. What is asked for is of the schema that a store has: where a
 * name is not in it, the words of its own are damaged.
 */
export function damageOf(file: string, error: unknown): CorruptionFound | undefined {
  const isOfSchema = error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR' && unnamed.test(error.message)
  return isOfSchema ? new CorruptionFound('file', file, error.message) : malformedOf(file, error)
}

/** Whether it is what SQLite says of a page that cannot be read, or of all of its file. */
export function isMalformed(error: unknown): boolean {
  return malformedOf('', error) !== undefined
}

/** The same where what is asked for is put together as it is asked: a name that is not in the schema may be a mistake of ours, too. */
export function malformedOf(file: string, error: unknown): CorruptionFound | undefined {
  const isDamage = error instanceof Database.SqliteError && damaged.some((code) => error.code.startsWith(code))
  return isDamage ? new CorruptionFound('file', file, error.message) : undefined
}
