import { Refused, Unavailable } from '../../model/control-errors.ts'
import { CorruptionFound, StorageError, StorageFailed, ValueRefused } from '../../model/storage-errors.ts'

/** Does what a person asked for; what the store answers instead is put in the words of run control. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CorruptionFound || !(error instanceof StorageError)) throw error
    if (error instanceof ValueRefused) throw refusalOf(error)
    throw new Unavailable(`the store could not keep it: ${error.message}`, error instanceof StorageFailed ? error.fault : null)
  }
}

/** A value that somebody gave and the store does not take. */
export function refusalOf({ name, message, path }: ValueRefused): Refused {
  return new Refused(message, [{ class: 'validation', name, message, path, wayOut: 'give less, or plain JSON' }])
}
