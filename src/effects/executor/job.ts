import type { Allowance } from '../../model/allowance.ts'
import type { Failure } from '../../model/failure.ts'
import type { RevisionHash } from '../../model/ids.ts'
import type { Ending } from './endings.ts'
import type { ProcessKind } from './placement.ts'
import type { ExecutorMessage, Order } from './protocol.ts'

/** What a process says of one job. */
export type JobMessage = Exclude<ExecutorMessage, { type: 'ready' | 'pong' | 'crashed' }>

/** What a process is given to do, one function of a definition or several: an attempt, or a question. */
export interface Job {
  readonly ticket: number
  readonly kind: ProcessKind
  /** What it may take beyond what is usual. */
  readonly allowance: Allowance | null
  readonly revision: RevisionHash
  /** What its process is told. */
  readonly message: Order
  /** What it was given, and by its end what it came to, that must not be told, as texts. */
  readonly secrets: readonly string[]
  /** A process that is ready has it now. */
  begun(): void
  hear(message: JobMessage): void
  /** It never ran. */
  failed(failure: Failure): void
  /** Its process is gone from under it. */
  lost(ending: Ending): void
}
