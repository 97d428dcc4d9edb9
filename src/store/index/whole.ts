import { CorruptionFound } from '../../model/storage-errors.ts'

/** What is read, undefined where that is damaged: what the index knew of it stays, and verification tells of the damage. */
export function whole<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CorruptionFound) return undefined
    throw error
  }
}
