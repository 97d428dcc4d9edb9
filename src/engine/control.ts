import type { Actor } from '../model/actor.ts'
import type { BranchName } from '../model/branch.ts'
import type { BreakerName, BreakerView } from '../model/breaker.ts'
import type { Consequence } from '../model/consequence.ts'
import type { Failure } from '../model/failure.ts'
import type { CorrelationId, DecisionId, RevisionHash, RunId, WorkflowName } from '../model/ids.ts'
import type { Json } from '../model/json.ts'
import type { DefinitionChoice, Preview } from '../model/preview.ts'
import type { Priority } from '../model/priority.ts'
import type { RunStrategy } from '../model/recovery-strategy.ts'
import type { ReplayEdits, ReplayPreview } from '../model/replay.ts'
import type { QueueStanding, ResourceStanding } from '../model/resource.ts'
import type { Revision } from '../model/revision.ts'
import type { RollbackPreview } from '../model/rollback.ts'
import type { RunRecord } from '../model/run.ts'
import type { SavepointName } from '../model/savepoint-name.ts'
import type { RunRecovery } from '../model/run-recovery.ts'
import type { CorruptionFound } from '../model/storage-errors.ts'
import type { ThrottleName, ThrottleView } from '../model/throttle.ts'

/** What a run is to begin with. */
export interface Beginning {
  readonly workflow: WorkflowName
  readonly input: Json
  /** What the caller knows of the context; the workflow's `enrich` completes it. */
  readonly context: Json
}

export interface StartRequest extends Beginning {
  /** Made anew where it is not given. */
  readonly correlation: CorrelationId | null
  /** What the settings say of the workflow, where none is given. */
  readonly priority?: Priority | null
  readonly actor: Actor
}

/** What a person does to a run. `seen` is the run's version that the person was shown; null acts on whatever is there. */
export interface Act {
  readonly run: RunId
  readonly seen: number | null
  readonly actor: Actor
  readonly reason: string | null
}

export interface DecideRequest extends Act {
  readonly decision: DecisionId
  readonly action: string
  /** The edited value, or the output that a person vouches for (in doubt). */
  readonly edit: Json | null
  /** Where `restore` goes back to; null where the decision says. */
  readonly checkpoint?: number | null
}

/** Send a run back to one of its checkpoints, of whichever branch. `reason` is why the branch was begun. */
export interface RestoreRequest extends Act {
  readonly checkpoint: number
  readonly definition: DefinitionChoice
  /** What the person was told that the run goes on with; null goes on with whatever it is. */
  readonly revision: RevisionHash | null
}

/** Have a breaker let everybody through again, whatever it has counted. */
export interface ResetBreakerRequest extends Pick<Act, 'actor' | 'reason'> {
  readonly name: BreakerName
}

/** Let as many reach a dependency at once again as there are. */
export interface ResetThrottleRequest extends Pick<Act, 'actor' | 'reason'> {
  readonly name: ThrottleName
}

/** Roll a run back to a savepoint that it has passed. */
export interface RollbackRequest extends Act {
  readonly savepoint: SavepointName
}

/** Do what policy recommends about a run that has failed. */
export interface RecoverRequest extends Act {
  /** What the person was told that it is; null does whatever it is. */
  readonly strategy: RunStrategy | null
}

/** Null takes the branch's name away. */
export interface NameBranchRequest extends Pick<Act, 'run' | 'actor'> {
  readonly branch: number
  readonly name: BranchName | null
}

/** Whether retention is to leave the run alone. */
export interface KeepRequest extends Pick<Act, 'run' | 'actor' | 'reason'> {
  readonly keep: boolean
}

/** Let a run recover by itself as often as at first. */
export type ResetRecoveriesRequest = Pick<Act, 'run' | 'actor' | 'reason'>

/** Where a person has in mind to send a run back to. */
export type PreviewRequest = Pick<RestoreRequest, 'run' | 'checkpoint' | 'definition'>

/** Begin a new run at a checkpoint of another. `reason` is kept as the note of its first checkpoint. */
export interface ReplayRequest extends Pick<Act, 'run' | 'actor' | 'reason'> {
  readonly checkpoint: number
  readonly definition: DefinitionChoice
  /** What the person was told that it goes by; null goes by whatever it is. */
  readonly revision: RevisionHash | null
  readonly edits: ReplayEdits
}

export type PreviewReplayRequest = Pick<ReplayRequest, 'run' | 'checkpoint' | 'definition' | 'edits'>

/** What a person has in mind to answer, whichever action it will be. */
export interface ConsequencesRequest {
  readonly run: RunId
  readonly decision: DecisionId
  readonly actor: Actor
  readonly note: string | null
  readonly edit: Json | null
  readonly checkpoint?: number | null
}

/** What each action of a decision would lead to, seen on this version of the run. */
export interface Consequences {
  readonly version: number
  readonly actions: readonly Consequence[]
}

/** What became of the runs that an earlier host left unfinished. */
export interface RecoveryReport {
  /** They go on by themselves; so many attempts had been under way. */
  readonly recovered: readonly { readonly run: RunId; readonly workflow: WorkflowName; readonly interrupted: number }[]
  /** Nothing of them goes on until a person acts: decides, resumes them, or does about one that is set aside what its `wayOut` says. */
  readonly waiting: readonly { readonly run: RunId; readonly workflow: WorkflowName; readonly why: string; readonly wayOut: string | null }[]
  /** They failed by what had come due meanwhile. */
  readonly failed: readonly { readonly run: RunId; readonly workflow: WorkflowName; readonly why: string }[]
  /** They could not be taken up, and stand as the earlier host left them; where a fault of the store is why, until that has passed. `run` is what is stored for the id. */
  readonly left: readonly { readonly run: string; readonly error: Error }[]
}

/**
 * Run control is all that the service knows of an engine. Each action answers the run as committed.
 * All of these reject with NotFound, Conflict, Refused or Unavailable (`model/control-errors.ts`), or with
 * CorruptionFound, and then the run is in quarantine.
 */
export interface RunControl {
  start(request: StartRequest): Promise<RunRecord>
  /** What `start` would refuse; nothing where a run could begin. Asks the same question and starts nothing. */
  check(beginning: Beginning): Promise<readonly Failure[]>
  decide(request: DecideRequest): Promise<RunRecord>
  /**
   * What `decide` would lead to for each action (law 8): the same question to the definition and the same turn, of which
   * nothing is kept.
   */
  consequences(request: ConsequencesRequest): Promise<Consequences>
  /** No attempt is started any more; what is under way may end. */
  pause(act: Act): Promise<RunRecord>
  resume(act: Act): Promise<RunRecord>
  /** Attempts are stopped, completed steps that declare it are compensated, then the run is cancelled. */
  cancel(act: Act): Promise<RunRecord>
  /**
   * The run leaves its branch and goes on from the checkpoint on one of its own; also a run that has ended. What runs is
   * stopped, whatever it is inside; a paused run stays paused. With the present definition its state is migrated.
   */
  restore(request: RestoreRequest): Promise<RunRecord>
  /** What `restore` would lead to (law 8): the same turn, of which nothing is kept. Rejects where `restore` would. */
  preview(request: PreviewRequest): Promise<Preview>
  /**
   * What completed since the savepoint is compensated, last first; then the run goes back to the savepoint's checkpoint, on a
   * branch of its own, and goes on from there. A run that has ended, or is being brought to its end, is not.
   */
  rollback(request: RollbackRequest): Promise<RunRecord>
  /** What `rollback` would lead to (law 8): the same turn, of which nothing is kept. Rejects where `rollback` would. */
  previewRollback(request: RollbackRequest): Promise<RollbackPreview>
  /**
   * Does what policy recommends about a run that has failed: the run is sent back to a checkpoint, as by `restore`. Rejects with
   * Conflict where it has not failed, and with Refused where nothing applies.
   */
  recoverRun(request: RecoverRequest): Promise<RunRecord>
  /** What `recoverRun` would do and lead to (law 8). Rejects where it would. */
  previewRecovery(run: RunId): Promise<RunRecovery>
  /**
   * A new run of the same lineage and correlation, which takes over what had completed by the checkpoint, edited where a person wants
   * it. It goes by what the checkpoint's branch pins, or by the present definition, to which that is migrated. It is disarmed. The
   * run that is replayed is not touched.
   */
  replay(request: ReplayRequest): Promise<RunRecord>
  /** What `replay` would lead to (law 8): the same turn, of which nothing is kept. Rejects where `replay` would. */
  previewReplay(request: PreviewReplayRequest): Promise<ReplayPreview>
  /** A checkpoint of the run as it is now, with the reason as its note. Nothing else changes. */
  checkpoint(act: Act): Promise<RunRecord>
  /** Also of a run that has ended. Nothing else changes. */
  nameBranch(request: NameBranchRequest): Promise<RunRecord>
  /** How the breakers stand: those that are not closed, and those that have counted failures. */
  breakers(): readonly BreakerView[]
  /** What it held back goes on at once. */
  resetBreaker(request: ResetBreakerRequest): Promise<void>
  /** What fewer reach at once, since it has answered that it was too much. */
  throttles(): readonly ThrottleView[]
  /** What waits for it goes on at once, as far as other limits let it. */
  resetThrottle(request: ResetThrottleRequest): Promise<void>
  /** Also of a run that has ended. Nothing changes but that retention leaves it alone, or does so no more. */
  keep(request: KeepRequest): Promise<RunRecord>
  /** The run recovers by itself as often as its limit says, from now on; whoever looked at it before need not look again. */
  resetRecoveries(request: ResetRecoveriesRequest): Promise<RunRecord>
  /** What there is only so much of, who holds it, and who waits for it in which order. */
  resources(): readonly ResourceStanding[]
  /** Runs that wait to begin. */
  queue(): QueueStanding
}

export interface Engine extends RunControl {
  /** Makes a revision the one that new runs of its workflow pin. It is stored already. */
  publish(revision: Revision): void
  /** New runs of the workflow are refused with this; runs under way go on. */
  withdraw(workflow: WorkflowName, why: string): void
  /** The settings may be others: what waits for its share is looked at again. */
  reconsider(): void
  /** Finds unfinished runs, checks them and goes on with them, a few at a time. Called once, before anything else. */
  recover(): Promise<RecoveryReport>
  /** Sets a run aside of which damage was found by looking. One that has ended stays as it is, and has an error record that says so. */
  quarantine(run: RunId, damage: CorruptionFound): Promise<void>
  /** Lets a run go on that was set aside, once nothing of it is damaged any more; that of one that has ended is on record as recovered. */
  release(run: RunId): Promise<void>
  /**
   * Starts nothing more, gives effects under way up to 5 s to end, waits for commits. Other attempts are left to be
   * interrupted.
   */
  close(): Promise<void>
}
