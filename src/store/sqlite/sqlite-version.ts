import { StorageError } from '../../model/storage-errors.ts'

/** Older ones can corrupt a database when the WAL is reset while another connection checkpoints it. */
const oldest = [3, 51, 3] as const

export class SqliteTooOld extends StorageError {
  override readonly name = 'SqliteTooOld'
}

/** `version` is what SQLite says of itself. @throws SqliteTooOld */
export function assertSqlite(version: string): void {
  if (!isAtLeast(version, oldest)) {
    throw new SqliteTooOld(`SQLite is ${version}, older than ${oldest.join('.')}: install the packages that package-lock.json names`)
  }
}

export function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of least.entries()) {
    const part = parts[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}
