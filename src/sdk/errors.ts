/**
 * Errors that say themselves whether to try again. A bundle has its own copy of these classes, so the engine knows
 * them by `name`.
 */
import type { Duration } from '../model/duration.ts'

export interface ErrorDetails {
  /** A word that programs can read: `RECIPIENT_UNKNOWN`. It is kept with the failure. */
  readonly code?: string
  /** What it came from. */
  readonly cause?: unknown
}

/** Thrown by a handler: trying again will not help. The step goes on to its fallback, or fails. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError'
  readonly code: string | undefined

  constructor(message: string, { code, cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** What a failure that may pass may say besides. */
export interface TransientDetails extends ErrorDetails {
  /** How long the receiver asked to be left alone: the step is not tried again earlier. */
  readonly retryAfter?: Duration
}

/** Thrown by a handler: it may go better the next time. The step is tried again as its `retry` says. */
export class TransientError extends Error {
  override readonly name = 'TransientError'
  readonly code: string | undefined
  readonly retryAfter: Duration | undefined

  constructor(message: string, { code, cause, retryAfter }: TransientDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryAfter = retryAfter
  }
}
