/** What is known of a run between two of its entries, so that the end of something finds its beginning. */
import { z } from 'zod'
import { FailureClass } from '../../../model/failure.ts'
import { DecisionId, Instant, RevisionHash, StepId, WorkflowName } from '../../../model/ids.ts'
import type { ErrorEnding } from '../../../model/metrics.ts'
import { Phase } from '../../../model/step.ts'

const pass = { step: StepId, iteration: z.int().min(1) }

export const Account = z.object({
  workflow: WorkflowName,
  revision: RevisionHash,
  began: Instant,
  /** A person has sent the run back, or replays another: how long it takes is theirs, not the workflow's. */
  sentBack: z.boolean(),
  /** Attempts under way. */
  attempts: z.array(z.object({ ...pass, attempt: z.int().min(1), phase: Phase, since: Instant })),
  /** Errors that nothing has ended; those of the run as a whole have no step. */
  errors: z.array(z.object({ step: StepId.nullable(), iteration: z.int().min(0), class: FailureClass, at: Instant })),
  /** Decisions that are pending. */
  questions: z.array(z.object({ ...pass, id: DecisionId, planned: z.boolean() })),
})
export type Account = z.infer<typeof Account>

/** What is counted, and by what it is told apart. */
export type Series =
  | { readonly kind: 'run'; readonly name: 'started' | 'completed' | 'failed' | 'cancelled'; readonly detail: RevisionHash }
  /** Runs that completed, by the cell of the time that they took. */
  | { readonly kind: 'run_took'; readonly name: ''; readonly detail: number }
  /** Attempts that ran to their end, by the cell of the time that they took. */
  | { readonly kind: 'attempt_took'; readonly name: StepId; readonly detail: number }
  | { readonly kind: 'attempt_failed'; readonly name: StepId; readonly detail: '' }
  | { readonly kind: 'error'; readonly name: FailureClass; readonly detail: ErrorEnding }

export type Kind = Series['kind']

/** A change of a count; `at` is when what is counted happened, which may be long before it is counted. */
export type Figure = Series & { readonly at: Instant; readonly count: 1 | -1 }
