import Database from 'better-sqlite3'

/**
 * Locks a file that is for nothing else: an exclusive SQLite transaction, which the kernel frees when its process dies, whatever the death.
 * Answers what gives it up, a second time does nothing; null where somebody else has it, in this process too. A file that is not there is made.
 *
 * Nobody reads the file but SQLite: on POSIX systems a process that opens and closes a file by itself loses every lock that it has on it.
 * @throws Error of the system or SQLite, where the file cannot be locked at all
 */
export function lockFile(file: string): (() => void) | null {
  const lock = new Database(file, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return () => void lock.close()
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}
