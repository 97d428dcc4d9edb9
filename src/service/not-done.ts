import { Conflict, NotFound, Refused, Unavailable } from '../model/control-errors.ts'
import type { RunStatus } from '../model/status.ts'
import { CorruptionFound, type StorageFault } from '../model/storage-errors.ts'
import type { ServiceParts } from './parts.ts'

/** Why one of many was not acted on, and the way out. */
export interface NotDone {
  readonly outcome: 'conflict' | 'refused' | 'not_found' | 'unavailable'
  /** What the run is, where that was learnt. */
  readonly status: RunStatus | null
  readonly message: string
  /** What keeps the store from taking it, where it is that. */
  readonly fault?: StorageFault
}

/** `what` was to be done, for the log where nothing better can be said. */
export function notDone({ troubled }: Pick<ServiceParts, 'troubled'>, what: string, error: unknown): NotDone {
  if (error instanceof Conflict) return { outcome: 'conflict', status: error.status, message: error.message }
  if (error instanceof NotFound) return { outcome: 'not_found', status: null, message: error.message }
  if (error instanceof Refused) return { outcome: 'refused', status: null, message: wordsOf(error) }
  if (error instanceof Unavailable || error instanceof CorruptionFound) {
    const fault = error instanceof Unavailable ? error.fault : null
    return { outcome: 'unavailable', status: null, message: error.message, ...(fault !== null && { fault }) }
  }
  troubled(`${what} failed`, error)
  return { outcome: 'unavailable', status: null, message: 'the host failed to do it: see its log, then try again' }
}

function wordsOf({ message, failures }: Refused): string {
  const ways = failures.flatMap(({ wayOut }) => (wayOut === undefined ? [] : [wayOut]))
  return ways.length === 0 ? message : `${message}: ${ways.join('; ')}`
}
