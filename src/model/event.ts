import { z } from 'zod'
import { Actor } from './actor.ts'
import { Allowance } from './allowance.ts'
import { Backup } from './backup.ts'
import { BranchName } from './branch.ts'
import { BreakerName, OpenBreaker } from './breaker.ts'
import { CheckpointType } from './checkpoint.ts'
import { DecisionRecord } from './decision.ts'
import { ErrorRecord, Recovery } from './error-record.ts'
import { Failure } from './failure.ts'
import { Address, DecisionId, ErrorId, Instant, Millis, RunId, StepId, WorkflowName } from './ids.ts'
import { Finding } from './integrity.ts'
import { Fault, PolicyChange } from './policy/policy-view.ts'
import { Holds, ResourceName } from './resource.ts'
import { Throttle, ThrottleName } from './throttle.ts'
import { RemovedCheckpoints, RetentionRule } from './retention.ts'
import { Basis, Closing, Grace, RunRecord } from './run.ts'
import { SavepointName } from './savepoint-name.ts'
import { AttemptStatus, DecisionStatus, ErrorStatus, RunStatus, RunWait, StepWait } from './status.ts'
import { EffectProgress, Follows, KeptPasses, Phase, SkipReason, StepRecord } from './step.ts'

const at = { step: StepId, iteration: z.int().min(1) }
const tried = { ...at, attempt: z.int().min(1) }

/**
 * Everything that can happen to a run. A run's state is the fold of these, in order (`engine/state/apply.ts`).
 * Values are named by address; bodies of people's and code's making never stand in an event, failures excepted.
 */
export const RunEvent = z.discriminatedUnion('type', [
  /** `passes` are those that a replay begins with; any other run begins with none. */
  z.object({ type: z.literal('run_created'), run: RunRecord, passes: z.array(StepRecord).default([]) }),
  z.object({ type: z.literal('run_moved'), to: RunStatus, waiting: RunWait.nullable() }),
  z.object({ type: z.literal('run_closing'), closing: Closing }),
  /** A run that is being brought to its end is not waited for without a bound. */
  z.object({ type: z.literal('grace_given'), ...Grace.shape }),
  /** The run's state cannot be trusted; nothing of it moves until a person has looked. */
  z.object({ type: z.literal('run_quarantined'), failure: Failure }),
  /** What it was set aside for is as it was written again: it goes on where it stood. */
  z.object({ type: z.literal('run_released') }),
  /** As many runs go on as may at once: this one begins once it is admitted. */
  z.object({ type: z.literal('run_queued') }),
  z.object({ type: z.literal('run_admitted') }),
  /** `held`: since its parent is, with which it goes on. */
  z.object({ type: z.literal('run_paused'), held: z.boolean().optional() }),
  z.object({ type: z.literal('run_resumed') }),
  /** A host found the run unfinished and goes on with it; time between hosts does not count. */
  z.object({ type: z.literal('run_recovered'), lastSeen: Instant }),
  /**
   * The run went back to checkpoint `to`: it goes on from there on a branch of its own. That begins with `passes`, and with what
   * is as it was on the branch that is left: of each step in `kept`, so many passes from its first on. All else begins anew.
   */
  z.object({
    type: z.literal('run_restored'),
    to: z.int().nonnegative(),
    /** The branch of that checkpoint. */
    parent: z.int().nonnegative(),
    branch: z.int().positive(),
    /** Higher than before where a person sent it back; the same where it goes back by itself. */
    generation: z.int().nonnegative(),
    byItself: z.boolean().default(false),
    kept: KeptPasses.default({}),
    passes: z.array(StepRecord),
    loops: RunRecord.shape.loops,
    /** What the run goes by from here on; null in entries of before that could change. */
    basis: Basis.nullable().default(null),
  }),
  /** A child that had completed is undone, as its parent is: it moves again from `completed`, to its end as cancelled. */
  z.object({ type: z.literal('run_called_back'), closing: Closing }),
  /** A person has given a branch a name, or taken it away. */
  z.object({ type: z.literal('branch_named'), branch: z.int().nonnegative(), name: BranchName.nullable() }),
  /** A person wishes that retention leaves the run alone; `run_unkept`, that it does so no more. */
  z.object({ type: z.literal('run_kept'), by: Actor, why: z.string().nullable() }),
  z.object({ type: z.literal('run_unkept'), why: z.string().nullable() }),
  /** A person lets the run recover by itself as often as at first, whatever it has had of that. */
  z.object({ type: z.literal('recoveries_reset'), why: z.string().nullable() }),
  /** What an executor answered for an attempt of a branch that the run has left. Nothing came of it. */
  z.object({ type: z.literal('result_refused'), branch: z.int().nonnegative(), ...tried, result: z.string() }),
  z.object({
    type: z.literal('attempt_started'),
    ...tried,
    phase: Phase,
    effect: EffectProgress,
    timeout: Millis.nullable(),
    allowance: Allowance.nullable().default(null),
  }),
  z.object({ type: z.literal('effect_begun'), ...tried }),
  z.object({
    type: z.literal('attempt_ended'),
    ...tried,
    status: AttemptStatus.exclude(['running']),
    failure: Failure.nullable(),
    /** Whether the try counts against the retry policy. */
    counts: z.boolean(),
  }),
  z.object({ type: z.literal('step_waiting'), ...at, for: StepWait, until: Instant.nullable(), on: z.string().optional(), failure: Failure.nullable() }),
  /** The pass, or undoing it, starts once there is enough of what it uses, and it is its turn. `on` is a dependency that it waits for since that is throttled. */
  z.object({ type: z.literal('resources_awaited'), ...at, phase: Phase.exclude(['check']), on: z.string().optional() }),
  /** From here on the run holds so much over several steps, of which the pass is the first; the checkpoint is of before it. */
  z.object({ type: z.literal('resources_held'), ...at, held: Holds, checkpoint: z.int().nonnegative() }),
  /** What it held over several steps is free: the last of them has ended, or it gives way to others that wait for it. */
  z.object({ type: z.literal('resources_released'), names: z.array(ResourceName).min(1), why: z.enum(['over', 'gave_way']) }),
  z.object({ type: z.literal('step_ready'), ...at }),
  /** Attempts of the pass may take more from now on, beside what was raised before. */
  z.object({ type: z.literal('allowance_raised'), ...at, allowance: Allowance }),
  /** A person lets a pass of a disarmed run touch the outside world. */
  z.object({ type: z.literal('step_armed'), ...at, phase: Phase }),
  /** The run is at the moment before the step starts that its author has named; the checkpoint holds what it is. */
  z.object({ type: z.literal('savepoint_passed'), ...at, name: SavepointName, checkpoint: z.int().nonnegative() }),
  z.object({ type: z.literal('step_completed'), ...at, output: Address, via: StepId.nullable() }),
  z.object({ type: z.literal('step_skipped'), ...at, reason: SkipReason, failure: Failure.nullable() }),
  /** How another step, which failed or was left out, was handled for this one. */
  z.object({ type: z.literal('step_follows'), ...at, follows: Follows }),
  z.object({ type: z.literal('step_failed'), ...at, failure: Failure }),
  z.object({ type: z.literal('step_in_doubt'), ...at, failure: Failure }),
  /** The receiver could not be asked: it is asked again at `until`. */
  z.object({ type: z.literal('check_waiting'), ...at, until: Instant, failure: Failure }),
  /** The receiver was asked, and knows. */
  z.object({ type: z.literal('doubt_settled'), ...at, happened: z.boolean(), note: z.string().nullable() }),
  z.object({ type: z.literal('step_cancelled'), ...at }),
  /** A loop went back over the iteration while it was under way. */
  z.object({ type: z.literal('step_superseded'), ...at }),
  /** The step's next iteration, of this number, is pending. */
  z.object({ type: z.literal('step_renewed'), ...at }),
  z.object({ type: z.literal('looped'), ...at, to: StepId, count: z.int().min(1) }),
  /** The loop of a step that goes on at its bound was left before that: the run went round in a circle. */
  z.object({ type: z.literal('loop_left'), ...at, failure: Failure }),
  /** A person changed a step's output while deciding; the attempt's own output stays in its checkpoint. */
  z.object({ type: z.literal('output_edited'), ...at, output: Address, by: DecisionId }),
  /**
   * A compensation failed: it is tried again at `until`, or a person is asked where that is null. Where nothing failed, it
   * waits to be armed.
   */
  z.object({ type: z.literal('compensation_waiting'), ...at, until: Instant.nullable(), failure: Failure.nullable() }),
  z.object({ type: z.literal('compensation_settled'), ...at, as: z.enum(['done', 'given_up']) }),
  /** The pass waits for a child run, which begins with this; until then, where its step has a timeout. */
  z.object({ type: z.literal('child_begun'), ...tried, child: RunId, until: Instant.nullable() }),
  /** The child is not wanted any more: it is cancelled, and once it has ended the pass fails of this. */
  z.object({ type: z.literal('child_stopping'), ...at, child: RunId, failure: Failure }),
  /** The pass is compensated by having its child undone. */
  z.object({ type: z.literal('child_called_back'), ...at, child: RunId }),
  /** What the child of the pass has come to; what the pass makes of it is told next. */
  z.object({ type: z.literal('child_ended'), ...at, child: RunId, status: RunStatus }),
  z.object({ type: z.literal('decision_opened'), decision: DecisionRecord }),
  z.object({
    type: z.literal('decision_closed'),
    id: DecisionId,
    status: DecisionStatus.exclude(['pending']),
    action: z.string().nullable(),
    note: z.string().nullable(),
    edit: Address.nullable(),
    actor: Actor,
  }),
  z.object({ type: z.literal('error_opened'), error: ErrorRecord }),
  /** What is open has failed once more, in whichever way. */
  z.object({ type: z.literal('error_recurred'), id: ErrorId, ...ErrorRecord.pick({ failure: true, fingerprint: true, severity: true, checkpoint: true, attempts: true }).shape }),
  /** Something is done about an open error; what was done before has not helped. `counts` of what the engine has chosen by itself, and that has something run. */
  z.object({ type: z.literal('recovery_began'), id: ErrorId, recovery: Recovery.omit({ beganAt: true, endedAt: true, outcome: true }), counts: z.boolean().default(false) }),
  z.object({ type: z.literal('error_closed'), id: ErrorId, status: ErrorStatus.exclude(['recovering', 'waiting']) }),
  z.object({
    type: z.literal('checkpoint_taken'),
    number: z.int().nonnegative(),
    kind: CheckpointType,
    step: StepId.nullable(),
    iteration: z.int().min(1).nullable(),
  }),
])
export type RunEvent = z.infer<typeof RunEvent>
export type RunEventType = RunEvent['type']
/** Events by their type, for tables that have one row for each. */
export type RunEventMap = { [T in RunEventType]: Extract<RunEvent, { type: T }> }

/** What happens to the workspace rather than to a run. */
export const HostEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('host_started'), version: z.string(), unfinished: z.int().nonnegative() }),
  z.object({ type: z.literal('host_stopped') }),
  /** What became of the runs that an earlier host left unfinished, and which of them need a person or have failed: the first of them. */
  z.object({
    type: z.literal('runs_taken_up'),
    recovered: z.int().nonnegative(),
    waiting: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    named: z.object({ waiting: z.array(RunId), failed: z.array(RunId) }),
  }),
  z.object({ type: z.literal('workflow_loaded'), workflow: z.string(), version: z.int(), revision: z.string(), file: z.string() }),
  z.object({ type: z.literal('workflow_refused'), file: z.string(), failure: Failure }),
  z.object({ type: z.literal('folder_trusted'), folder: z.string() }),
  /** The settings of the workspace are others, by a file that is right; without changes where it is as it was before it was wrong. */
  z.object({ type: z.literal('policy_changed'), changes: z.array(PolicyChange) }),
  /** The file of the settings is wrong: what was in force stays. */
  z.object({ type: z.literal('policy_refused'), faults: z.array(Fault).min(1) }),
  z.object({ type: z.literal('integrity_alarm'), failure: Failure }),
  z.object({ type: z.literal('backup_made'), backup: Backup }),
  /** A backup was put in the place of the store, which had come to `replaced` and is kept as `kept`; null where there was none. */
  z.object({
    type: z.literal('backup_restored'),
    from: z.string(),
    replaced: z.int().nonnegative().nullable(),
    kept: z.string().nullable(),
  }),
  z.object({ type: z.literal('breaker_opened'), breaker: OpenBreaker }),
  /** `answer`: the one that it let through was answered. */
  z.object({ type: z.literal('breaker_closed'), ...BreakerName.shape, by: z.enum(['answer', 'person']), reason: z.string().nullable() }),
  /** So many may reach the dependency at once from now on; `was` is null where nothing held them to a number. */
  z.object({ type: z.literal('throttle_set'), throttle: Throttle, was: z.int().min(1).nullable() }),
  /** `answers`: as many go on as before it was lowered. */
  z.object({ type: z.literal('throttle_lifted'), ...ThrottleName.shape, by: z.enum(['answers', 'person']), reason: z.string().nullable() }),
  /** Keys are told of by their fingerprints. */
  z.object({ type: z.literal('key_rotated'), from: z.string(), to: z.string() }),
  z.object({ type: z.literal('store_encrypted'), key: z.string() }),
  /** Something stored is not as it was written. It opens an error, which stands until it is found mended. */
  z.object({ type: z.literal('damage_found'), finding: Finding, failure: Failure }),
  z.object({ type: z.literal('damage_mended'), finding: Finding }),
  /** Retention removed these runs. What they weighed, and when they ended, stands with what is left of each. */
  z.object({
    type: z.literal('runs_removed'),
    runs: z.array(z.object({ run: RunId, workflow: WorkflowName, rule: RetentionRule })).min(1),
  }),
  /** Retention removed these checkpoints of a run that stays, and the values that nothing named but those. */
  z.object({ type: z.literal('checkpoints_removed'), run: RunId, workflow: WorkflowName, removed: z.array(RemovedCheckpoints).min(1) }),
  /** What stands for an entry of a run that retention removed. It is never written: reading the journal says it in its place. */
  z.object({ type: z.literal('entry_removed'), run: RunId }),
])
export type HostEvent = z.infer<typeof HostEvent>
/** Events of the workspace by their type. */
export type HostEventMap = { [T in HostEvent['type']]: Extract<HostEvent, { type: T }> }
