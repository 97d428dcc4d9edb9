import { z } from 'zod'
import type { RunId } from './ids.ts'

/** Base of what a store can answer instead of doing it. The message names the object and the way out. */
export abstract class StorageError extends Error {}

/** The run has moved on since it was read; nothing was written. */
export class VersionConflict extends StorageError {
  override readonly name = 'VersionConflict'
  readonly run: RunId
  readonly expected: number | null
  readonly found: number | null

  constructor(run: RunId, expected: number | null, found: number | null) {
    super(found === null ? `run ${run} is not found, and was at version ${expected}` : `run ${run} is at version ${found}, not ${expected ?? 'none'}: read it again`)
    this.run = run
    this.expected = expected
    this.found = found
  }
}

/**
 * What keeps a file from being read or written: its disk is full; it, or its place, may only be read; this user may not
 * open it; the disk fails; another process holds it; it is gone.
 */
export const StorageFault = z.enum(['full', 'read_only', 'forbidden', 'failing', 'held', 'gone'])
export type StorageFault = z.infer<typeof StorageFault>

/** The store could not do it, and nothing of it is stored. */
export class StorageFailed extends StorageError {
  override readonly name = 'StorageFailed'
  /** Null where it was not the file. */
  readonly fault: StorageFault | null

  constructor(message: string, { fault = null, cause }: { readonly fault?: StorageFault | null; readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.fault = fault
  }
}

/** The key does not open the store: there is none, it is another's, or the store is not encrypted. Nothing was touched. */
export class KeyRefused extends StorageError {
  override readonly name = 'KeyRefused'
  readonly why: 'missing' | 'wrong' | 'unneeded'

  constructor(why: KeyRefused['why'], message: string) {
    super(message)
    this.why = why
  }
}

/** Whoever asked no longer waits for the answer: the store is being closed. */
export class GivenUp extends StorageError {
  override readonly name = 'GivenUp'
}

/** A value that cannot be kept: no JSON, or larger than the limit. */
export class ValueRefused extends StorageError {
  override readonly name = 'ValueRefused'
  /** Where in the value: `recipient.addresses[2]`; empty for the value itself. */
  readonly path: string

  constructor(message: string, path = '') {
    super(message)
    this.path = path
  }
}

/** Bytes are not what was written. */
export class CorruptionFound extends StorageError {
  override readonly name = 'CorruptionFound'
  /** `value`, `checkpoint`, `run`, `step`, `journal`, … */
  readonly object: string
  readonly key: string
  readonly detail: string
  /** The newest checkpoint before it that is whole; null where there is none, undefined where none was looked for. */
  readonly nearest: number | null | undefined

  constructor(object: string, key: string, detail: string, nearest?: number | null) {
    super(`${object} ${key} is corrupt: ${detail}${whole(nearest)}`)
    this.object = object
    this.key = key
    this.detail = detail
    this.nearest = nearest
  }
}

function whole(nearest: number | null | undefined): string {
  if (nearest === undefined) return ''
  return nearest === null ? '; no checkpoint before it is whole' : `; the nearest whole checkpoint is ${nearest}`
}
