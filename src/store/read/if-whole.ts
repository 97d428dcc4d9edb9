import { CorruptionFound } from '../../model/storage-errors.ts'

/** What is read; undefined where it is damaged. Whoever reads so says what then holds: verification is what tells of damage. */
export function ifWhole<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CorruptionFound) return undefined
    throw error
  }
}
