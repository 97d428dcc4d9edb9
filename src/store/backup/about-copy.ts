import { StorageError, StorageFailed } from '../../model/storage-errors.ts'
import { faultOf } from '../sqlite/fault.ts'
import { damageOf } from '../sqlite/reading.ts'

interface Copied {
  /** It has a name that nobody knows, and soon it is gone. */
  readonly copy: string
  readonly from: string
  /** What the copy is to become. */
  readonly to: string
}

/**
 * What is wrong with a copy, told of a file that people know: where it could not be written of the one that it was to become, otherwise
 * of the one that it is a copy of.
 */
export function aboutCopy(error: unknown, { copy, from, to }: Copied): unknown {
  const found = error instanceof StorageError ? error : (damageOf(from, error) ?? faultOf(copy, error) ?? error)
  if (found instanceof Error) found.message = isUnwritten(found) ? found.message.replaceAll(copy, to) : found.message.replaceAll(` -> '${copy}'`, '').replaceAll(copy, from)
  return found
}

function isUnwritten(error: Error): boolean {
  return error instanceof StorageFailed && (error.fault === 'full' || error.fault === 'read_only')
}
