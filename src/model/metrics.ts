/** Figures over time and of the present, in shapes that a chart takes as they are. docs/METRICS.md defines each. */
import { z } from 'zod'
import { FailureClass } from './failure.ts'
import { Instant, Millis, StepId, WorkflowName } from './ids.ts'
import { RunStatus } from './status.ts'

const Count = z.int().nonnegative()
/** In milliseconds; null where nothing happened. */
const Quantile = z.number().nonnegative().nullable()

/** What ended an error; `open` while nothing has. */
export const ErrorEnding = z.enum(['retried', 'fallback', 'skipped', 'person', 'failed', 'open'])
export type ErrorEnding = z.infer<typeof ErrorEnding>

/** From `from` up to, not including, `to`; of one workflow where it is named. */
export const MetricsRange = z.object({ from: Instant, to: Instant, workflow: WorkflowName.nullable() })
export type MetricsRange = z.infer<typeof MetricsRange>

const Latency = z.object({ count: Count, p50: Quantile, p99: Quantile })

export const Metrics = z.object({
  /** The range asked for, widened to whole buckets. */
  from: Instant,
  to: Instant,
  /** Width of a bucket; `at` is where one begins. Every bucket of the range is there, oldest first, 120 at most. */
  bucket: Millis,
  outcomes: z.array(z.object({ at: Instant, started: Count, completed: Count, failed: Count, cancelled: Count })),
  /** How long transitions with a checkpoint took to be on the disk; of the whole store, whichever workflow is named. */
  commits: z.array(z.object({ at: Instant, ...Latency.shape })),
  commitTotal: Latency,
  /** Attempts that ran to their end, the step with the most first. */
  steps: z.array(
    z.object({ workflow: WorkflowName, step: StepId, count: Count, failed: Count, p50: Quantile, p95: Quantile }),
  ),
  /** By the time at which they happened, with what has ended them by now; the most frequent class first. */
  errors: z.array(z.object({ class: FailureClass, count: Count, ended: z.record(ErrorEnding, Count) })),
  /** Errors of classes that may pass when tried again and that have ended, and those that the engine got over by itself. */
  recovery: z.object({ errors: Count, byItself: Count }),
})
export type Metrics = z.infer<typeof Metrics>

/** What the store holds at this moment. */
export const Present = z.object({
  byStatus: z.record(RunStatus, Count),
  pendingDecisions: Count,
  oldestDecisionAt: Instant.nullable(),
  /** What stands in the dead-letter queue. It is none of the pending decisions. */
  deadLetters: Count,
})
export type Present = z.infer<typeof Present>
