import { CorruptionFound } from '../../model/storage-errors.ts'
import { malformedOf } from '../sqlite/reading.ts'

/** What is read; undefined where it is damaged, or stands on a page that cannot be read. Whoever reads so says what then holds: verification is what tells of damage. */
export function ifWhole<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CorruptionFound || malformedOf('', error) !== undefined) return undefined
    throw error
  }
}
