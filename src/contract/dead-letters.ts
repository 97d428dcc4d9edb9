/** Runs that policy has queued for later. */
import { z } from 'zod'
import { DeadLetterPage, DeadLetterPlace, LetterOutcome } from '../model/dead-letter.ts'
import { RunId, StepId } from '../model/ids.ts'
import { StorageFault } from '../model/storage-errors.ts'
import { actor, words } from './act.ts'
import { procedure, stream } from './procedure.ts'

const tags = ['dead letters']

/** So many runs may be named at once. */
export const mostNamed = 10_000

/** Those that stand in the queue as it is asked: what comes to it meanwhile is left there. */
export const Letters = z.union([
  z.strictObject({ runs: z.array(RunId).min(1).max(mostNamed) }),
  /** Those that failed of the same as this run. */
  z.strictObject({ like: RunId }),
  z.strictObject({ all: z.literal(true) }),
])
export type Letters = z.infer<typeof Letters>

const count = z.int().nonnegative()

const result = z.object({
  type: z.literal('result'),
  run: RunId,
  /** Null where the run stands in the queue with nothing. */
  step: StepId.nullable(),
  /** What was done about it. */
  action: z.string(),
  outcome: LetterOutcome,
  /** Why it was not done, and the way out; null where it was. */
  message: z.string().nullable(),
  /** What keeps the store from taking it, where it is that. */
  fault: StorageFault.exactOptional(),
})
export type LetterResult = z.infer<typeof result>

export const LetterItem = z.discriminatedUnion('type', [
  /** Always the first item: how many there will be a result of. */
  z.object({ type: z.literal('planned'), total: count }),
  result,
  /** Always the last item. A stream that ends without it was cut off: no further one was begun. */
  z.object({ type: z.literal('finished'), outcomes: z.partialRecord(LetterOutcome, count) }),
])
export type LetterItem = z.infer<typeof LetterItem>

export const deadLetters = {
  list: procedure
    .route({ method: 'GET', path: '/dead-letters', tags, summary: 'The dead-letter queue: runs that policy has queued for later, what has stood longest first' })
    .input(z.strictObject({ after: DeadLetterPlace.optional(), limit: z.int().min(1).max(500).default(100) }))
    .output(
      DeadLetterPage.extend({
        /** How many stand in the queue in all, those of damaged runs too. */
        total: count,
        /** How many may: what fails while as many do is dealt with as what stands behind `dead_letter` in its chain says. */
        most: count,
      }),
    ),

  drain: procedure
    .route({ method: 'POST', path: '/dead-letters/drain', tags, summary: 'Do what is recommended about each, a few at a time, and tell what became of it' })
    .input(z.strictObject({ on: Letters, note: words, actor }))
    .output(stream(LetterItem)),

  discard: procedure
    .route({ method: 'POST', path: '/dead-letters/discard', tags, summary: 'Give runs up: each fails, what it completed is compensated, and why is kept' })
    .input(z.strictObject({ on: Letters, reason: z.string().trim().min(1).max(10_000), actor }))
    .output(stream(LetterItem)),
}
