/**
 * What the engine needs of the world, and nothing else of it (law 6). The host hands in the real parts,
 * the simulation its own.
 *
 * Who owns what: storage owns every committed row; execution owns processes; the engine owns decisions.
 */
import type { Allowance } from '../model/allowance.ts'
import type { BranchName } from '../model/branch.ts'
import type { Dependency, OpenBreaker } from '../model/breaker.ts'
import type { Checkpoint, CheckpointDraft, StateChange } from '../model/checkpoint.ts'
import type { DecisionRecord } from '../model/decision.ts'
import type { HostEntry, JournalEntry, RunEntry } from '../model/entry.ts'
import type { Environment, ErrorRecord } from '../model/error-record.ts'
import type { Failure } from '../model/failure.ts'
import type {
  Address,
  CorrelationId,
  Instant,
  LineageId,
  Millis,
  RevisionHash,
  RunId,
  StepId,
  WorkflowName,
} from '../model/ids.ts'
import type { Json } from '../model/json.ts'
import type { Signal } from '../model/log.ts'
import type { Actor } from '../model/actor.ts'
import type { Manifest } from '../model/manifest.ts'
import type { Policy } from '../model/policy/policy.ts'
import type { RemovedCheckpoints, RemovedRun } from '../model/retention.ts'
import type { Revision } from '../model/revision.ts'
import type { Pinned, RunRecord } from '../model/run.ts'
import type { AttemptRecord, KeptPasses, Phase, StepRecord } from '../model/step.ts'
import type { CorruptionFound } from '../model/storage-errors.ts'
import type { Throttle } from '../model/throttle.ts'
import type { RunSummary } from '../model/views.ts'

// ── Storage: the one writer ─────────────────────────────────────────────────────────────────────

/** One salt for a run and its replays: equal values share an address inside it and nowhere else. */
export interface Lineage {
  readonly id: LineageId
  readonly salt: Uint8Array
}

/** A value with its address, ready to be committed. `bytes` are its RFC 8785 form. */
export interface SealedValue {
  readonly address: Address
  readonly bytes: Uint8Array
  /** Set where a schema marks the value sensitive: its address then hides behind a salt of its own. */
  readonly salt: Uint8Array | null
}

/** All that one transition decided. It is committed whole or not at all. */
export interface Transition {
  readonly run: RunId
  /** The version of the run that this was decided on; null creates the run. */
  readonly expected: number | null
  readonly entry: RunEntry
  readonly record: RunRecord
  readonly steps: readonly StepRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly decisions: readonly DecisionRecord[]
  readonly errors: readonly ErrorRecord[]
  readonly values: readonly SealedValue[]
  readonly checkpoints: readonly CheckpointDraft[]
  /** The lineage, where this transition creates it. */
  readonly lineage: Lineage | null
  /** What the record's branch begins from, where this transition begins it. */
  readonly branch: BranchStart | null
  /** A branch of the run and what it is called from now on, where this transition says so. */
  readonly named: BranchNaming | null
  /** Child runs that it creates: they are committed with it, or not at all. */
  readonly children?: readonly Transition[]
}

/** Where a restore has a branch begin: a checkpoint, and the branch that it is on. */
export interface BranchStart {
  readonly parent: number
  readonly from: number
  readonly why: string | null
  /** What it has from the branch that the run leaves. No row of it is among those of the transition. */
  readonly kept: KeptPasses
}

export interface BranchNaming {
  readonly branch: number
  readonly name: BranchName | null
}

/** What was committed of a run: its entry as stored, and the run as lists show it after that. */
export interface Committed {
  readonly entry: JournalEntry
  readonly summary: RunSummary
  /** The same of each child that was created with it, in the order in which the transition has them. */
  readonly children?: readonly Committed[]
}

/** A run's committed transition, as whoever shows the run needs it: the rows that it wrote, and passes that a branch begins with. */
export interface RunChange {
  readonly summary: RunSummary
  readonly record: RunRecord
  readonly steps: readonly StepRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly decisions: readonly DecisionRecord[]
  readonly errors: readonly ErrorRecord[]
}

/** A run as its rows tell it: every step record of the branch, live attempts, pending decisions, open errors. */
export interface StoredRun {
  readonly record: RunRecord
  readonly lineage: Lineage
  readonly steps: readonly StepRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly decisions: readonly DecisionRecord[]
  readonly errors: readonly ErrorRecord[]
  /** What was done on branches that the run has left, or is in doubt there (`model/before.ts`). */
  readonly left: readonly StepRecord[]
}

/** Runs that are not ended, the oldest first, and those of them of which nobody can tell which they are: what stands for the id names no run. */
export interface UnfinishedRuns {
  readonly runs: readonly RunId[]
  readonly damaged: readonly CorruptionFound[]
}

/** A checkpoint as a run goes back to it. */
export interface Moment {
  readonly checkpoint: Pick<Checkpoint, 'run' | 'number' | 'branch'>
  /** The run as it stands now. */
  readonly record: RunRecord
  /** The code that the branch of the checkpoint pins. */
  readonly pinned: Pinned
  /** What each branch of the run pins, and what that took over of another run was held against. */
  readonly definitions: readonly RevisionHash[]
  /** The state there, by key. */
  readonly state: ReadonlyMap<string, StateChange>
  /** Every pass of the checkpoint's branch as it stands now, and whichever pass of another was taken back. */
  readonly steps: readonly StepRecord[]
}

export interface Storage {
  /**
   * Gives a value its address. Pure but for the salt of a sensitive value.
   * @throws ValueRefused where the value is no JSON (NaN, a lone surrogate) or over the size limit.
   */
  seal(lineage: Lineage, value: Json, sensitive: boolean): SealedValue
  /**
   * Commits with the group of this turn of the event loop; resolves after the fsync.
   * @throws VersionConflict where the run has moved on: this transition alone is undone.
   * @throws StorageFailed where the group could not be committed: nothing of it is stored; reload what it touched.
   * @throws CorruptionFound where what it builds on is damaged: this transition alone is undone. Where its object is `file`, that is a
   * page of the store's file and nothing of the run.
   */
  commit(transition: Transition): Promise<Committed>
  /** Journals what happened to the workspace, and answers the entry as stored. Same promise as `commit`. */
  record(entry: HostEntry): Promise<JournalEntry>
  /** The run, every row of it checked. @throws CorruptionFound, also where its own row is of before what the journal has of it */
  load(run: RunId): StoredRun | undefined
  /** What is left of a run that retention removed. @throws CorruptionFound */
  removed(run: RunId): RemovedRun | undefined
  /** Checkpoints that retention removed of a run that stays. @throws CorruptionFound */
  trimmed(run: RunId): readonly RemovedCheckpoints[]
  /**
   * A checkpoint of a run, it and every value that its state names checked.
   * @throws CorruptionFound, which names the nearest whole checkpoint
   */
  moment(run: RunId, checkpoint: number): Moment | undefined
  /**
   * Checks a run that has just gone back to a state, as it is stored now: its rows, the checkpoint that it is at, and each value
   * there that was not checked with the state itself.
   * @throws CorruptionFound
   */
  checkReturned(run: RunId, to: Moment['state']): void
  /** Every breaker that is open, by the journal: what `record` is given opens and closes them. @throws CorruptionFound */
  breakers(): readonly OpenBreaker[]
  /** Every throttle, in the same way. @throws CorruptionFound */
  throttles(): readonly Throttle[]
  unfinished(): UnfinishedRuns
  /** A stored value, checked against its address. @throws CorruptionFound */
  value(lineage: LineageId, address: Address): Json
  saveRevision(revision: Revision): Promise<void>
  /** @throws CorruptionFound */
  revision(hash: RevisionHash): Revision | undefined
  /** What a revision that runs pin says of its workflow, whatever has become of its code. @throws CorruptionFound, where it is not there too */
  manifest(hash: RevisionHash): Manifest
  /**
   * Keeps signals with a later group, at most a second from now; heartbeats of one attempt at least `apart` milliseconds from
   * one another, the last that was said each time.
   */
  keep(signals: readonly Signal[], apart?: Millis): void
  /** What the newest attempt of a pass that had a heartbeat said last, kept or yet to be. */
  lastHeartbeat(run: RunId, branch: number, step: StepId, iteration: number): Json | undefined
}

// ── Execution: processes that run workflow code ─────────────────────────────────────────────────

/** Names one attempt wherever it is spoken of. */
export interface AttemptRef {
  readonly run: RunId
  readonly branch: number
  readonly step: StepId
  readonly iteration: number
  readonly attempt: number
}

/** What every function of a definition may read. */
export interface View {
  readonly input: Json
  readonly context: Json
  /** Latest output of every step before this one that completed. */
  readonly outputs: Readonly<Record<string, Json>>
  /** Outputs of earlier iterations, oldest first, of every step that has any. */
  readonly iterations: Readonly<Record<string, readonly Json[]>>
}

export interface Task {
  readonly ref: AttemptRef
  readonly revision: RevisionHash
  readonly phase: Phase
  /** Put together as it is read: while the task is being started, or not at all. It may throw CorruptionFound. */
  readonly view: View
  /** Counts from 1 over the tries of this iteration; what the handler sees as `attempt`. */
  readonly attempt: number
  readonly idempotencyKey: string
  readonly correlation: CorrelationId
  readonly lastHeartbeat: Json | null
  /** A process to itself. */
  readonly isolated: boolean
  /** What it may take beyond what is usual. */
  readonly allowance: Allowance | null
  /** Where the step's own output is wanted: a compensation. */
  readonly output: Json | null
}

export type TaskResult =
  | { readonly type: 'completed'; readonly output: Json; readonly next: StepId | null }
  /** The step's condition answered no. */
  | { readonly type: 'skipped' }
  /** An approval is prepared: this is what the person will see. */
  | { readonly type: 'asked'; readonly shown: Json }
  /** The receiver was asked about an effect in doubt: that it did not happen, or null where it cannot tell. That it did is `completed`. */
  | { readonly type: 'checked'; readonly happened: false | null; readonly note: string | null }
  /** A wait is prepared. */
  | { readonly type: 'waits'; readonly duration: Millis }
  /** A child run is prepared: this is what it is given. */
  | { readonly type: 'calls'; readonly input: Json; readonly context: Json }
  | { readonly type: 'failed'; readonly failure: Failure }
  /** The breaker of what it was about to reach is open: nothing was reached. */
  | { readonly type: 'held'; readonly dependency: Dependency }
  /**
   * The process ended before the handler answered. `own` says that this attempt had it to itself or may have
   * caused it; otherwise another's fault took it down and the try does not count.
   */
  | { readonly type: 'cut_off'; readonly failure: Failure; readonly own: boolean }

/** Functions of a definition that run outside any attempt; their answers commit with what they lead to. */
export type Question =
  /** Validates the input, enriches the context, validates that. */
  | { readonly type: 'begin'; readonly input: Json; readonly context: Json }
  /** What follows from a person's answer to an approval. */
  | {
      readonly type: 'settle'
      readonly step: StepId
      readonly iteration: number
      readonly view: View
      readonly answer: { readonly action: string; readonly note: string | null; readonly by: Actor; readonly edit: Json | null }
      /** The step that says what the edited output may be: the fallback that made it, or the one that is edited. Null where nothing is. */
      readonly speaker: StepId | null
    }
  /**
   * A value that a person gives: an output in the place of one that the step would answer, or the input where `step` is null. `before` is what
   * the definition had made, and the person has edited; null where the value is a new one.
   */
  | { readonly type: 'vouch'; readonly step: StepId | null; readonly output: Json; readonly before: Json }
  /** The values of a run's state, led from a version of the workflow to the one that is asked, and held against that. */
  | { readonly type: 'migrate'; readonly from: number; readonly values: readonly StateValue[] }
  /** Whom an e-mail step would write to, or the command line that a shell step would run. Asked to tell a person beforehand; the answer commits with nothing. */
  | { readonly type: 'address'; readonly step: StepId; readonly view: View }

/** A value of a run's state. */
export interface StateValue {
  /** As `model/checkpoint.ts` has it. */
  readonly key: string
  /** Null for input and context. */
  readonly step: StepId | null
  /** The fallback that made it in the place of the step; null where none did. */
  readonly via: StepId | null
  /** The step that says what it may be: the fallback, or the step where that does not stand in for it any more. Null for input and context. */
  readonly speaker: StepId | null
  /** False for an output of an earlier iteration. These come oldest first. */
  readonly isLatest: boolean
  readonly value: Json
  /** False for what the definition that is asked has no place for: its migrations may read it, and nothing else. */
  readonly stays: boolean
  /** Whether its schema is the one that the value was held against already. */
  readonly fits: boolean
  /** A person has written another in its place: whatever a migration makes of it, only that has to fit. */
  readonly isEdited: boolean
}

export type Answer =
  | { readonly type: 'began'; readonly input: Json; readonly context: Json }
  /** `edited` is the whole output of the step that the approval edits, changed and validated. */
  | { readonly type: 'settled'; readonly output: Json; readonly next: StepId | null; readonly edited: Json | null }
  /** As the schema makes it. */
  | { readonly type: 'vouched'; readonly output: Json }
  /** Values that are others now, by their keys. */
  | { readonly type: 'migrated'; readonly changed: readonly { readonly key: string; readonly value: Json }[] }
  | { readonly type: 'addressed'; readonly recipients: readonly string[] }
  | { readonly type: 'refused'; readonly failures: readonly Failure[] }

export interface ExecutionSink {
  /** A process has the attempt now; until then it waited for one. */
  began(ref: AttemptRef): void
  /** Called once per started task, unless `stop` was called before. */
  ended(ref: AttemptRef, result: TaskResult): void
  /** The attempt is about to touch the outside world; it goes on once this resolves, and must not where it rejects. */
  effectBegins(ref: AttemptRef): Promise<void>
  /** The attempt is about to reach something outside; where this is false, a breaker holds it back and it ends as `held`. */
  reaches(ref: AttemptRef, dependency: Dependency): boolean
  signal(signal: Signal): void
}

export interface Execution {
  connect(sink: ExecutionSink): void
  start(task: Task): void
  /** Aborts the attempt's signal; after a grace its process is killed. Its result is no longer wanted. */
  stop(ref: AttemptRef): void
  ask(revision: RevisionHash, correlation: CorrelationId, question: Question): Promise<Answer>
}

// ── The rest of the world ───────────────────────────────────────────────────────────────────────

export interface Clock {
  now(): Instant
  /** Calls once at or after the instant, never before; returns what takes it back. */
  at(instant: Instant, call: () => void): () => void
}

export interface Randomness {
  /** From 0 up to, not including, 1. */
  fraction(): number
  bytes(count: number): Uint8Array
  ulid(now: Instant): string
}

/** Hears what was committed, after the commit and from it, and signals at once. */
export interface Notification {
  /** `change` is what the entry did to its run; null where it is of the workspace. */
  committed(entry: JournalEntry, change: RunChange | null): void
  signalled(signal: Signal): void
  /** A failure inside the host that no run can carry; it is logged and shown. */
  troubled(what: string, error: unknown): void
}

/** Remembers beyond the end of a host which run it was at work on then. What is done for runs by others, or for several at once, is no work of one. */
export interface LastWork {
  /** Does work of a run, at once. A host that ends in it has ended over that run, and so has one that ends by what it throws. */
  on<T>(run: RunId, work: () => T): T
  /** When hosts have ended over the run, in words and oldest first, as far as that still counts. */
  ends(run: RunId): readonly string[]
  /** What ended over the run does not count any more. */
  forget(run: RunId): void
  /** Whether the host before this one did not end in good order. */
  readonly isAfterCrash: boolean
  /** From now on a host that ends at work on no run has ended over this one; null blames nobody again. */
  blame(run: RunId | null): void
  /** The host before this one has ended over the run, unless it ended at work on another. */
  blameBefore(run: RunId): void
}

/** What the workspace wants of its runs. It may be another at the next turn. */
export type PolicySource = () => Policy

export interface Ports {
  readonly storage: Storage
  readonly execution: Execution
  readonly clock: Clock
  readonly randomness: Randomness
  readonly notification: Notification
  readonly policy: PolicySource
  /** Left out where nothing is remembered of earlier hosts. */
  readonly lastWork?: LastWork
  /** Resolves once it is known whether runs of the workflow can be begun: files may be looked at still. At once where it is left out. Rejects where they cannot be looked at. */
  readonly sought?: (workflow: WorkflowName) => Promise<void>
  /** What errors are told to have happened in, where the host says. */
  readonly environment?: Environment
}
