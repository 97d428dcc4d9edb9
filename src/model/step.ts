import { z } from 'zod'
import { Allowance } from './allowance.ts'
import { Failure } from './failure.ts'
import { Address, Instant, Millis, RunId, StepId } from './ids.ts'
import { AttemptStatus, StepStatus, StepWait } from './status.ts'

export const SkipReason = z.enum(['condition', 'dependency', 'optional', 'unused', 'expired', 'person'])
export type SkipReason = z.infer<typeof SkipReason>

/** What an attempt runs: the step itself, its compensation, or the check that asks the receiver whether an effect in doubt happened. */
export const Phase = z.enum(['run', 'compensate', 'check'])
export type Phase = z.infer<typeof Phase>

/**
 * How a step that failed, or was left out, was handled for one that needs it: that was left out too, went on around it (with
 * what stood in, `by`, or without it), or failed with it.
 */
export const Follows = z.object({ from: StepId, as: z.enum(['skipped', 'rerouted', 'failed']), by: StepId.nullable() })
export type Follows = z.infer<typeof Follows>

/** One iteration of a step on one branch. The newest iteration is the step's present. */
export const StepRecord = z.object({
  branch: z.int().nonnegative(),
  step: StepId,
  iteration: z.int().min(1),
  generation: z.int().nonnegative(),
  status: StepStatus,
  /** `on` is the dependency whose breaker holds it back, or that is throttled; `since`, where it waits for a resource, its place among those that do. */
  waiting: z.object({ for: StepWait, until: Instant.nullable(), on: z.string().optional(), since: Instant.optional() }).nullable(),
  output: Address.nullable(),
  /** The fallback whose output this is. */
  via: StepId.nullable(),
  skipped: SkipReason.nullable(),
  failure: Failure.nullable(),
  /** Tries begun, interrupted ones included: numbers the next one. */
  attempts: z.int().nonnegative(),
  /** Tries that count against the retry policy. */
  tries: z.int().nonnegative(),
  /** The child run of its newest try that began one. Those of earlier tries name the pass as their parent. */
  child: RunId.nullable().default(null),
  /** Set when a try took its process down: the next one has a process to itself. */
  suspect: z.boolean(),
  /** What its next attempts may take beyond what is usual. */
  allowance: Allowance.nullable().default(null),
  /** What a person let it do outside, in a disarmed run. */
  armed: Phase.exclude(['check']).nullable().default(null),
  compensation: z.enum(['none', 'owed', 'done', 'given_up']),
  /** Tries of the compensation that count against its retry policy. */
  compensationTries: z.int().nonnegative(),
  /** Tries of the check that count, since the pass is in doubt. */
  checkTries: z.int().nonnegative().default(0),
  /** Order of completion within the run; compensation goes through it backwards. */
  order: z.int().nonnegative().nullable(),
  /** The savepoint before it, once passed: its checkpoint, and the version of the run that passed it. */
  savepoint: z.object({ checkpoint: z.int().nonnegative(), order: z.int().nonnegative() }).nullable().default(null),
  /** What became of it because of another step; null where nothing did, and in rows of before that was told. */
  follows: Follows.nullable().default(null),
  /** The newest checkpoint as it completed: it had not by then. Null where that is not known. */
  completedAfter: z.int().nonnegative().nullable().default(null),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
})
export type StepRecord = z.infer<typeof StepRecord>

/** How many passes of each step, from its first on, a branch has from the one that was left for it. Nothing of them but the branch is another. */
export const KeptPasses = z.record(StepId, z.int().positive())
export type KeptPasses = z.infer<typeof KeptPasses>

/** `begun` from the start where the whole handler is the effect; for an email, once it is about to be sent. */
export const EffectProgress = z.enum(['none', 'begun'])
export type EffectProgress = z.infer<typeof EffectProgress>

export const AttemptRecord = z.object({
  branch: z.int().nonnegative(),
  step: StepId,
  iteration: z.int().min(1),
  attempt: z.int().min(1),
  phase: Phase,
  status: AttemptStatus,
  effect: EffectProgress,
  /** How long it may take once its process has it, or null. Waiting for a process does not count. */
  timeout: Millis.nullable(),
  /** What it may take beyond what is usual; its timeout says so, too. */
  allowance: Allowance.nullable().default(null),
  failure: Failure.nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
})
export type AttemptRecord = z.infer<typeof AttemptRecord>
