import type { Failure } from '../model/failure.ts'
import { CorruptionFound, type StorageFailed } from '../model/storage-errors.ts'

/** What is told while nothing can be stored, or not everything, since the file is damaged. */
export function faultToTell(fault: StorageFailed | CorruptionFound | null): Failure | null {
  if (fault === null) return null
  if (fault instanceof CorruptionFound) {
    const { name, message } = fault
    return { class: 'corruption', name, message, wayOut: 'what has to be written there is not stored, and is not tried again: verify the store (cairn verify), then stop the host and bring back a backup (cairn restore-backup FILE)' }
  }
  return {
    class: 'resource',
    name: 'StoreCannotBeWritten',
    message: fault.message,
    wayOut: 'nothing that was stored is lost and no run fails for it: everything goes on by itself once this is mended',
  }
}
