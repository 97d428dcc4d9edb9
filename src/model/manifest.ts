/**
 * A manifest is what a workflow definition is as data: the planner reads nothing else of it.
 * Functions of the definition are named here only by their presence; they run in an executor.
 */
import { z } from 'zod'
import { HeaderName, HttpMethod, StatusMeanings } from './http.ts'
import { Millis, StepId, WorkflowName } from './ids.ts'
import { JsonSchema } from './json.ts'
import { Exits } from './program.ts'
import { Holds, Uses } from './resource.ts'
import { SavepointName } from './savepoint-name.ts'

/**
 * What an author writes for people to read. Each list of workflows carries all of it, so it has bounds, in characters:
 * far above what anybody reads in such a place.
 */
export const Title = z.string().max(200)
export const Description = z.string().max(4_000)

/**
 * `attempts` counts tries in all. The nth wait is `initial * factor^(n-1)`, at most `max`, less up to `jitter` of itself.
 * A receiver that asks to be left alone for longer is left alone for as long as it asks, up to `patience`.
 */
export const RetryPolicy = z.object({
  attempts: z.int().min(1).max(1_000),
  initial: Millis,
  factor: z.number().min(1).max(100),
  max: Millis,
  jitter: z.number().min(0).max(1),
  /** `defaultPatience` where it is left out. */
  patience: Millis.optional(),
})
export type RetryPolicy = z.infer<typeof RetryPolicy>

/** What applies where an author says nothing, or leaves a part out. */
export const defaultRetry: RetryPolicy = { attempts: 4, initial: 1_000, factor: 2, max: 60_000, jitter: 0.2 }
export const defaultPatience: Millis = 3_600_000

/** Where the run is rolled back to when a step fails for good, and how often by itself, at most. */
export const RollbackTo = z.object({ to: SavepointName, max: z.int().min(1).max(100) })
export type RollbackTo = z.infer<typeof RollbackTo>

/** How a step is compensated. Null is as always: four tries in all, each with the timeout of the step. */
export const CompensationManifest = z.object({ retry: RetryPolicy.nullable(), timeout: Millis.nullable() })
export type CompensationManifest = z.infer<typeof CompensationManifest>

/** `repeat: 'safe'` says that the receiver honours the idempotency key, so that a cut-off attempt may run again by itself. */
export const Effect = z.object({ repeat: z.enum(['safe', 'unsafe']) })
export type Effect = z.infer<typeof Effect>

/** Where a step may send the run back to, and how often. */
export const LoopManifest = z.object({
  to: z.array(StepId).min(1),
  max: z.int().min(1).max(10_000),
  onLimit: z.enum(['continue', 'fail']),
})
export type LoopManifest = z.infer<typeof LoopManifest>

/** What the engine does when everything else about a failed step has been tried. */
export const OnFailure = z.enum(['fail', 'ask'])
export type OnFailure = z.infer<typeof OnFailure>

const step = z.object({
  id: StepId,
  title: Title.optional(),
  needs: z.array(StepId),
  /** `all`: a need skipped by a condition skips this step too. `settled`: it runs all the same. */
  join: z.enum(['all', 'settled']),
  conditional: z.boolean(),
  optional: z.boolean(),
  critical: z.boolean(),
  onlyAsFallback: z.boolean(),
  fallback: StepId.nullable(),
  timeout: Millis.nullable(),
  /** How long an attempt at it may go without a heartbeat; null where none is awaited. */
  heartbeat: Millis.nullable().default(null),
  retry: RetryPolicy.nullable(),
  onFailure: OnFailure,
  /** What goes before `onFailure`; left out where its author says nothing of it. */
  rollback: RollbackTo.optional(),
  /** The name of the moment before it starts. */
  savepoint: SavepointName.optional(),
  loop: LoopManifest.nullable(),
  effect: Effect.nullable(),
  /** What it reaches outside, by a name of its author's; a request and a mail go by host and port where that is null. */
  dependency: z.string().min(1).max(100).nullable().default(null),
  /** Runs in a process to itself. */
  isolated: z.boolean(),
  /** What an attempt at it, or at undoing it, holds for as long as it is under way. */
  uses: Uses.default({}),
  /** What the run holds from when the first step that says so begins until the last of them has ended. */
  holds: Holds.default({}),
  compensates: z.boolean(),
  /** Left out where its author says no more of it than what it does. */
  compensation: CompensationManifest.optional(),
  /** It can ask the receiver whether its effect happened. */
  checks: z.boolean().default(false),
  output: JsonSchema.nullable(),
  sensitive: z.boolean(),
})

export const ApprovalAction = z.object({ name: z.string().min(1).max(64), role: z.enum(['primary', 'secondary']) })
export type ApprovalAction = z.infer<typeof ApprovalAction>

/** A path into a step's output that an approval may change: `draft.body` is `body` of the output of `draft`. */
export const EditPath = z.object({ step: StepId, path: z.array(z.string()) })
export type EditPath = z.infer<typeof EditPath>

export const StepManifest = z.discriminatedUnion('kind', [
  step.extend({ kind: z.literal('code') }),
  step.extend({ kind: z.literal('shell'), exits: Exits }),
  step.extend({ kind: z.literal('email') }),
  step.extend({
    kind: z.literal('http'),
    method: HttpMethod,
    /** Largest body of an answer that is taken, in bytes as they are once decoded. */
    maxBytes: z.int().min(1),
    /** The header that carries the idempotency key, or null where none does. */
    idempotencyHeader: HeaderName.nullable(),
    /** What the author has statuses mean, beside what they mean by themselves. */
    statuses: StatusMeanings,
  }),
  step.extend({
    kind: z.literal('approval'),
    actions: z.array(ApprovalAction).min(1),
    deadline: Millis.nullable(),
    /** What the author lets happen at the deadline: what expired was never approved. */
    onDeadline: z.enum(['fail', 'skip']),
    edits: EditPath.nullable(),
  }),
  step.extend({
    kind: z.literal('wait'),
    /** Fixed length, or null where a function of the definition answers it. */
    duration: Millis.nullable(),
  }),
  step.extend({
    kind: z.literal('workflow'),
    /** The workflow that its child runs are of. */
    workflow: WorkflowName,
  }),
])
export type StepManifest = z.infer<typeof StepManifest>

/** Every kind that there is, by its name alone. */
export const StepKind = z.enum(StepManifest.options.map(({ shape }) => shape.kind.value))
export type StepKind = z.infer<typeof StepKind>
export type StepManifestOf<K extends StepKind> = Extract<StepManifest, { kind: K }>

/** Names and versions as long as the registries of packages let them be. */
export const External = z.object({ name: z.string().max(214), version: z.string().max(256) })
export type External = z.infer<typeof External>

/** `after`: a checkpoint is taken of what each step came to. `around`: one before each starts, too. */
export const CheckpointRule = z.enum(['after', 'around'])
export type CheckpointRule = z.infer<typeof CheckpointRule>

export const Manifest = z.object({
  format: z.literal(1),
  name: WorkflowName,
  version: z.int().min(1),
  title: Title.optional(),
  description: Description.optional(),
  /** Path of the module below the workspace, with forward slashes. */
  file: z.string(),
  timeout: Millis.nullable(),
  /** `after` where it is left out. */
  checkpoints: CheckpointRule.optional(),
  input: JsonSchema,
  inputSensitive: z.boolean(),
  context: JsonSchema,
  enriches: z.boolean(),
  steps: z.array(StepManifest).min(1),
  /** Versions that a migration leads away from. */
  migrations: z.array(z.int().min(1)),
  /** Imports that are not in the bundle, with the version that was installed when it was made. */
  externals: z.array(External),
})
export type Manifest = z.infer<typeof Manifest>
/** Step manifests by their kind, for tables that have one row for each. */
export type StepManifestMap = { [K in StepKind]: StepManifestOf<K> }
