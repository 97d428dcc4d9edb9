/** How errors of the model become errors of the contract: the one place where a caller's answer is chosen. */
import { ORPCError } from '@orpc/server'
import { Busy, Conflict, NotFound, Refused, Unavailable } from '../model/control-errors.ts'
import { CorruptionFound, GivenUp, StorageFailed, ValueRefused } from '../model/storage-errors.ts'

/** The contract's error for a thrown one; what is no answer on purpose comes back as it is. */
export function toAnswer(error: unknown): unknown {
  if (error instanceof NotFound) {
    const { message, noun, key, removed } = error
    return new ORPCError('NOT_FOUND', { message, data: { noun, key, ...(removed !== undefined && { removed }) } })
  }
  if (error instanceof Conflict) {
    return new ORPCError('CONFLICT', { message: error.message, data: { status: error.status, version: error.version } })
  }
  if (error instanceof Refused) {
    return new ORPCError('REFUSED', { status: 422, message: error.message, data: { failures: error.failures } })
  }
  if (error instanceof ValueRefused) {
    const { name, message, path } = error
    return new ORPCError('REFUSED', {
      status: 422,
      message,
      data: { failures: [{ class: 'validation', name, message, path }] },
    })
  }
  if (error instanceof Busy) {
    const { message, queued, most, retryAfter } = error
    return new ORPCError('BUSY', { status: 429, message, data: { queued, most, retryAfter } })
  }
  if (error instanceof Unavailable || error instanceof StorageFailed || error instanceof GivenUp) {
    const { message } = error
    return new ORPCError('UNAVAILABLE', { status: 503, message, data: { fault: error instanceof GivenUp ? null : error.fault } })
  }
  if (error instanceof CorruptionFound) {
    const { message, object, key, nearest } = error
    return new ORPCError('CORRUPTION', { status: 500, message, data: { object, key, nearest } })
  }
  return error
}

/** Whether an error is an answer, rather than a fault of the host. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ORPCError
}
