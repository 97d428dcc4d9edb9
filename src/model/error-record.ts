/**
 * One failure of a pass, or of the run as a whole, from when it opened to how it ended.
 *
 * A pass has one open error at a time: what goes wrong with it again belongs to that, whatever it is. What follows from another
 * error names it, so that *failed* is told from *failed because of another*.
 */
import { z } from 'zod'
import { Failure, isRetryable } from './failure.ts'
import { CorrelationId, ErrorId, Instant, RunId, StepId, WorkflowName } from './ids.ts'
import { Finding } from './integrity.ts'
import { Measure, StrategyName } from './recovery-strategy.ts'
import { Severity } from './severity.ts'
import { ErrorStatus } from './status.ts'
import { type Follows, Phase, type StepRecord } from './step.ts'

/** What became of one thing that was done about an error. `answered`: it was a question, and a person answered it. */
export const RecoveryOutcome = z.enum(['under_way', 'worked', 'answered', 'failed', 'withdrawn'])
export type RecoveryOutcome = z.infer<typeof RecoveryOutcome>

/** A strategy that stood before the chosen one, and why it was not that. */
export const PassedOver = z.object({ strategy: StrategyName, why: z.string() })
export type PassedOver = z.infer<typeof PassedOver>

/** One thing that was done about an error. */
export const Recovery = z.object({
  strategy: Measure,
  /** Why it was this one, in words. */
  why: z.string(),
  passedOver: z.array(PassedOver),
  /** Until when it waits first, or null where it does not. */
  until: Instant.nullable(),
  beganAt: Instant,
  endedAt: Instant.nullable(),
  outcome: RecoveryOutcome,
})
export type Recovery = z.infer<typeof Recovery>

/** What ran it, as far as the host says. */
export const Environment = z.object({
  host: z.string(),
  node: z.string(),
  platform: z.string(),
  /** What kind of process runs workflow code. */
  executor: z.string(),
})
export type Environment = z.infer<typeof Environment>

export const ErrorRecord = z.object({
  id: ErrorId,
  branch: z.int().nonnegative(),
  /** Null where the run failed as a whole. */
  step: StepId.nullable(),
  iteration: z.int().min(1).nullable(),
  phase: Phase,
  status: ErrorStatus,
  severity: Severity,
  /** The newest of it; its class says whether another try may go better. */
  failure: Failure,
  fingerprint: z.string(),
  /** The state that it happened on: what the step could read. */
  checkpoint: z.int().nonnegative(),
  /** The first and the newest attempt that failed; their rows, their signals and their logs go by the same numbers. */
  attempts: z.object({ first: z.int().min(1), last: z.int().min(1) }).nullable(),
  environment: Environment.nullable(),
  /** The error that it follows from. */
  causedBy: ErrorId.nullable(),
  /** Steps that came to nothing because of it. */
  took: z.array(StepId),
  /** What was done about it, oldest first: the newest of `made`. */
  recoveries: z.array(Recovery),
  made: z.int().nonnegative(),
  /** When it could be known first, where that was earlier: what was due had come, or the answer had. */
  knowable: Instant.nullable().default(null),
  openedAt: Instant,
  closedAt: Instant.nullable(),
})
export type ErrorRecord = z.infer<typeof ErrorRecord>

/** More of an error are counted, and not kept: each has its attempt all the same. */
export const mostRecoveries = 50

export function isOpen({ status }: Pick<ErrorRecord, 'status'>): boolean {
  return status === 'recovering' || status === 'waiting'
}

/** An error as whoever asks for errors is told it, with what follows from the rest of it. */
export const ToldError = ErrorRecord.extend({
  /** Whether another try of the same may go better: what its class says. */
  retryable: z.boolean(),
  /** What is done about it, or was last; null where nothing was. */
  strategy: Measure.nullable(),
})
export type ToldError = z.infer<typeof ToldError>

export function toldError(error: ErrorRecord): ToldError {
  return { ...error, retryable: isRetryable(error.failure), strategy: error.recoveries.at(-1)?.strategy ?? null }
}

const ErrorOfRun = z.object({ run: RunId, workflow: WorkflowName, correlation: CorrelationId, error: ToldError })
export type ErrorOfRun = z.infer<typeof ErrorOfRun>

/** Damage that no run has on record: it is of none, or what it is of cannot be read. It waits for a person until it is found mended. */
export const DamageRecord = ErrorRecord.pick({ status: true, severity: true, failure: true, fingerprint: true, openedAt: true, closedAt: true }).extend({
  /** The entry of the journal that tells of it. */
  entry: z.int().min(1),
  finding: Finding,
})
export type DamageRecord = z.infer<typeof DamageRecord>

const ErrorOfStore = z.object({ run: z.null(), workflow: z.null(), error: DamageRecord })
export type ErrorOfStore = z.infer<typeof ErrorOfStore>

/** An error among those of the workspace: of a run, or of the store itself. */
export const ErrorView = z.union([ErrorOfRun, ErrorOfStore])
export type ErrorView = z.infer<typeof ErrorView>

const count = z.int().nonnegative()

/** Errors of the same kind, over all runs. Those that follow from another are counted with that one's run, not here. */
export const ErrorGroup = z.object({
  fingerprint: z.string(),
  /** Null of the store itself. */
  workflow: WorkflowName.nullable(),
  step: StepId.nullable(),
  /** The newest of them. */
  newest: ErrorView,
  count: z.int().min(1),
  /** How many runs they are of, and the newest of those; none where they are of the store itself. */
  runs: count,
  newestRuns: z.array(RunId),
  firstAt: Instant,
  lastAt: Instant,
  outcomes: z.record(ErrorStatus, count),
})
export type ErrorGroup = z.infer<typeof ErrorGroup>

/** What follows from the failure of a step on its branch: each pass that was left out, went on around it, or failed because of it. */
export function followersOf(of: { readonly step: StepId; readonly branch: number }, steps: readonly StepRecord[]): readonly (StepRecord & { readonly follows: Follows })[] {
  return steps.flatMap((record) => {
    const { branch, follows } = record
    return branch === of.branch && follows?.from === of.step ? [{ ...record, follows }] : []
  })
}
