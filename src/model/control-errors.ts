import { counted } from './counted.ts'
import type { Failure } from './failure.ts'
import type { RemovedRun } from './retention.ts'
import type { RunStatus } from './status.ts'
import type { StorageFault } from './storage-errors.ts'

/** Base of what run control can answer instead of doing it. */
export abstract class ControlError extends Error {}

/** Nothing has that name. */
export class NotFound extends ControlError {
  override readonly name = 'NotFound'
  readonly noun: string
  readonly key: string
  /** What is left of it, where it is a run that retention removed. */
  readonly removed: RemovedRun | undefined

  constructor(noun: string, key: string, wayOut: string, removed?: RemovedRun) {
    super(`no ${noun} ${key}: ${wayOut}`)
    this.noun = noun
    this.key = key
    this.removed = removed
  }
}

/** Somebody or something was faster: the state is no longer the one that was seen. Nothing was changed. */
export class Conflict extends ControlError {
  override readonly name = 'Conflict'
  readonly status: RunStatus
  readonly version: number

  constructor(message: string, now: { readonly status: RunStatus; readonly version: number }) {
    super(message)
    this.status = now.status
    this.version = now.version
  }
}

/** What was given does not do; each failure names its path and the way out. Nothing was changed. */
export class Refused extends ControlError {
  override readonly name = 'Refused'
  readonly failures: readonly Failure[]

  constructor(message: string, failures: readonly Failure[]) {
    super(message)
    this.failures = failures
  }
}

/** As many runs are queued as may be. Nothing was started; the same request may succeed after `retryAfter` milliseconds. */
export class Busy extends ControlError {
  override readonly name = 'Busy'
  readonly queued: number
  readonly most: number
  readonly retryAfter: number

  constructor(queued: number, most: number, retryAfter: number) {
    const seconds = Math.ceil(retryAfter / 1_000)
    super(
      `the queue is full: ${counted(queued, 'run')} ${queued === 1 ? 'waits' : 'wait'} to begin, and limits.queued lets ${most} wait; ` +
        `come back in about ${seconds} s, or raise limits.runs or the bulkhead of the workflow where there is room for more`,
    )
    this.queued = queued
    this.most = most
    this.retryAfter = retryAfter
  }
}

/** The host is stopping or its store has failed; the same request may succeed later. */
export class Unavailable extends ControlError {
  override readonly name = 'Unavailable'
  /** What keeps the store from being written or read; null where it is not that. */
  readonly fault: StorageFault | null

  constructor(message: string, fault: StorageFault | null = null) {
    super(message)
    this.fault = fault
  }
}
