import { z } from 'zod'
import { Exceeded } from './allowance.ts'
import { Cycle } from './cycle.ts'
import { Deadlock } from './deadlock.ts'
import { ErrorId, Millis, RunId } from './ids.ts'

/**
 * What went wrong, by what can be done about it.
 * `transient`, `timeout`, `crash` and `resource` may pass when tried again; the others stay what they are. `loop`: the run goes
 * round in a circle. `deadlock`: steps wait for what never comes. `stuck`: nothing will ever move the run again.
 */
export const FailureClass = z.enum([
  'transient',
  'timeout',
  'crash',
  'resource',
  'permanent',
  'validation',
  'loop_limit',
  'loop',
  'deadlock',
  'stuck',
  'rejected',
  'expired',
  'corruption',
])
export type FailureClass = z.infer<typeof FailureClass>

const retryable: ReadonlySet<FailureClass> = new Set(['transient', 'timeout', 'crash', 'resource'])

/** True where a try of the same thing may go better. */
export function isRetryable(failure: Pick<Failure, 'class'>): boolean {
  return retryable.has(failure.class)
}

/** True of what the store and the engine say of damage. No code can say so: a process that does is not listened to (`effects/executor/protocol.ts`). */
export function isOfStore(failure: Pick<Failure, 'class'>): boolean {
  return failure.class === 'corruption'
}

/** One failure as it is kept: plain data, the stack already mapped to the author's source. */
export const Failure = z.object({
  class: FailureClass,
  name: z.string(),
  message: z.string(),
  code: z.string().optional(),
  stack: z.string().optional(),
  /** Where in a value it went wrong: `input.recipient.address`. */
  path: z.string().optional(),
  /** What a person can do about it. */
  wayOut: z.string().optional(),
  /** Of a run that goes round in a circle. */
  cycle: Cycle.optional(),
  /** Of runs that wait for one another. */
  deadlock: Deadlock.optional(),
  /** The child run that it is the failure of, and the error that this failed of, where it has one. */
  child: z.object({ run: RunId, error: ErrorId.nullable() }).optional(),
  /** How long the receiver asked to be left alone, from then on. It is not tried again earlier. */
  retryAfter: Millis.optional(),
  /** Of an attempt that took more than it was let take. */
  exceeded: Exceeded.optional(),
  /** Of an effect in doubt: what cut its attempt off, in words that say nothing of the doubt. */
  cause: z.string().optional(),
})
export type Failure = z.infer<typeof Failure>
