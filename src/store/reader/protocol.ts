/** What crosses between the engine's thread and the reader's. Both ends are ours and are built together. */
import { CorruptionFound, StorageFailed } from '../../model/storage-errors.ts'
import type { Reads } from './reads.ts'

export type Method = keyof Reads
export type Given = { [M in Method]: Parameters<Reads[M]> }
export type Answers = { [M in Method]: ReturnType<Reads[M]> }

export type Request<M extends Method = Method> = {
  [K in M]: { readonly id: number; readonly method: K; readonly given: Given[K] }
}[M]

export interface Answered<M extends Method = Method> {
  readonly id: number
  readonly method: M
  readonly answer: Answers[M]
}

export interface Failed {
  readonly id: number
  readonly failure: ReadFailure
}

export type Reply = Answered | Failed

/** An error as it crosses: the kind that callers tell apart, or words. */
export type ReadFailure =
  | ({ readonly kind: 'corruption' } & Pick<CorruptionFound, 'object' | 'key' | 'detail' | 'nearest'>)
  | { readonly kind: 'other'; readonly message: string }

export function toReadFailure(error: unknown): ReadFailure {
  if (error instanceof CorruptionFound) {
    const { object, key, detail, nearest } = error
    return { kind: 'corruption', object, key, detail, nearest }
  }
  return { kind: 'other', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

export function toError(failure: ReadFailure): Error {
  return failure.kind === 'corruption'
    ? new CorruptionFound(failure.object, failure.key, failure.detail, failure.nearest)
    : new StorageFailed(`the store could not be read: ${failure.message}`)
}
