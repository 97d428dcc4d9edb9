/** What crosses between the engine's thread and one that answers questions. Both ends are ours and are built together. */
import { CorruptionFound, GivenUp, StorageFailed, type StorageFault } from '../../model/storage-errors.ts'

/** What a thread answers, by name; `close` is the last that it is asked. Given and answers cross as structured clones. */
export type Methods<M> = { readonly [K in keyof M]: (...given: never[]) => unknown } & { readonly close: () => void }

export interface Request<M extends Methods<M>> {
  readonly id: number
  readonly method: keyof M
  readonly given: readonly unknown[]
}

export interface Answered<M extends Methods<M>> {
  readonly id: number
  readonly method: keyof M
  readonly answer: unknown
}

export interface Failed {
  readonly id: number
  readonly failure: ReadFailure
}

export type Reply<M extends Methods<M>> = Answered<M> | Failed

/** An error as it crosses: the kind that callers tell apart, or words. */
export type ReadFailure =
  | ({ readonly kind: 'corruption' } & Pick<CorruptionFound, 'object' | 'key' | 'detail' | 'nearest'>)
  | { readonly kind: 'failed'; readonly message: string; readonly fault: StorageFault | null }
  | { readonly kind: 'given_up' | 'other'; readonly message: string }

export function toReadFailure(error: unknown): ReadFailure {
  if (error instanceof CorruptionFound) {
    const { object, key, detail, nearest } = error
    return { kind: 'corruption', object, key, detail, nearest }
  }
  if (error instanceof StorageFailed) return { kind: 'failed', message: error.message, fault: error.fault }
  if (error instanceof GivenUp) return { kind: 'given_up', message: error.message }
  return { kind: 'other', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

export function toError(failure: ReadFailure): Error {
  switch (failure.kind) {
    case 'corruption':
      return new CorruptionFound(failure.object, failure.key, failure.detail, failure.nearest)
    case 'failed':
      return new StorageFailed(failure.message, { fault: failure.fault })
    case 'given_up':
      return new GivenUp(failure.message)
    case 'other':
      return new StorageFailed(`the store could not be read: ${failure.message}`)
  }
}
