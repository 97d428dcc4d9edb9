import type { Failure } from '../model/failure.ts'
import type { StorageFailed } from '../model/storage-errors.ts'

/** What is told while nothing can be stored. */
export function faultToTell(fault: StorageFailed | null): Failure | null {
  if (fault === null) return null
  return {
    class: 'resource',
    name: 'StoreCannotBeWritten',
    message: fault.message,
    wayOut: 'nothing that was stored is lost and no run fails for it: everything goes on by itself once this is mended',
  }
}
