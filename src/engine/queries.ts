import type { FailedRuns } from '../model/attention.ts'
import type { Branch } from '../model/branch.ts'
import type { DeadLetterPage, DeadLetterPlace } from '../model/dead-letter.ts'
import type { JournalEntry, Position } from '../model/entry.ts'
import type { FoundRun, FoundRuns, RunCounts, RunQuery, RunSearch } from '../model/found-runs.ts'
import type { ErrorFigures, ErrorGroups, ErrorPlace, ErrorQuery, ErrorsOfGroup, GroupPlace } from '../model/error-query.ts'
import type { Address, Instant, RevisionHash, RunId, StepId, WorkflowName } from '../model/ids.ts'
import type { Json } from '../model/json.ts'
import type { Signal } from '../model/log.ts'
import type { Metrics, MetricsRange, Present } from '../model/metrics.ts'
import type { RemovedRun } from '../model/retention.ts'
import type { Revision } from '../model/revision.ts'
import type { Marks } from '../model/sensitive/marks.ts'
import type { StorageUse } from '../model/storage-use.ts'
import type { CheckpointList, DecisionList, DecisionView, RunDetail, RunFilter, RunPage, RunState } from '../model/views.ts'
import type { StoredRevision, WorkflowHealth } from '../model/workflow-views.ts'

/** A value and its size as JSON, in octets. Where it is left out for its size, null stands in its place. */
export interface SizedValue {
  readonly value: Json
  readonly size: number
  readonly left: boolean
}

/** What the definitions that a run has gone by mark as sensitive, and every text that it holds there, on any branch. */
export interface Marked {
  readonly marks: Marks
  /** Where not all that is held there can be read, nobody knows which other text holds some of it. */
  readonly texts: readonly string[] | 'unknown'
}

/** What of a run is to be hidden. Where that cannot be known, because the store is damaged there, it is all of it. */
export type Sensitivity = Marked | 'unknown'

/** Of all that was said those of one step, and those up to a moment, where these are named. */
export interface WhichSignals {
  readonly step?: StepId | undefined
  readonly until?: Instant | undefined
}

/**
 * Reading what was committed, off the engine's thread. Every answer is as of some committed moment;
 * every row and value is checked before it is answered.
 * All of these reject with CorruptionFound where that check fails, but for lists of what many runs have, and of checkpoints: there what is
 * damaged hides no other, and is named (`damaged`).
 */
export interface Queries {
  runs(filter: RunFilter): Promise<RunPage>
  run(run: RunId): Promise<RunDetail | undefined>
  /** Every branch of a run, oldest first. */
  branches(run: RunId): Promise<readonly Branch[] | undefined>
  /** So many after a number, the damaged counted. */
  checkpoints(run: RunId, after: number | null, limit: number): Promise<CheckpointList>
  /** The state at a checkpoint, or at the head. */
  state(run: RunId, checkpoint: number | null): Promise<RunState | undefined>
  /** Entries after a position, oldest first; of one run where it is named. */
  journal(after: Position, limit: number, run: RunId | null): Promise<readonly JournalEntry[]>
  /** The newest entries before a position, oldest first as well; of one run where it is named. */
  journalBefore(before: Position, limit: number, run: RunId | null): Promise<readonly JournalEntry[]>
  /** The newest signals of a run that were kept, oldest first. */
  signals(run: RunId, limit: number, which?: WhichSignals): Promise<readonly Signal[]>
  /** Every decision of a run, oldest first. */
  decisions(run: RunId): Promise<readonly DecisionView[]>
  /** Pending decisions of all runs, dead letters left out; oldest first. */
  pending(): Promise<DecisionList>
  /** So many of these, those of damaged runs counted: the nearest deadline first, then those opened first. */
  urgent(limit: number): Promise<DecisionList>
  /** So many of the dead-letter queue after a place, or the first, those of damaged runs counted; what has stood longest comes first. */
  deadLetters(after: DeadLetterPlace | null, limit: number): Promise<DeadLetterPage>
  /** A value over `upTo` octets is left where it is: it is checked, and its size told. */
  value(run: RunId, address: Address, upTo?: number): Promise<SizedValue | undefined>
  revision(hash: RevisionHash): Promise<Revision | undefined>
  /**
   * Null where nothing of a run is marked as sensitive, or there never was such a run; by one definition besides where that is named.
   * It does not reject for damage.
   */
  sensitivity(run: RunId, besides?: RevisionHash): Promise<Sensitivity | null>
  /** Counts alone: nothing of the rows that are counted is checked. */
  present(): Promise<Present>
  /** What is left of a run that retention removed. */
  removed(run: RunId): Promise<RemovedRun | undefined>
}

/** What is added up from the journal, as far as the index has read it: all of it, unless it is being made anew. */
export interface Figures {
  metrics(range: MetricsRange): Promise<Metrics>
  /** Of every workflow that has runs, since an instant. */
  health(from: Instant): Promise<readonly WorkflowHealth[]>
  /** Every revision that was ever stored of a workflow, newest first. */
  revisions(workflow: WorkflowName): Promise<readonly StoredRevision[]>
  /** Runs that failed since an instant and that no later run makes good, the newest group first. */
  failures(since: Instant): Promise<FailedRuns>
  /** So many groups of like errors after a place, or the first; the newest group first. */
  errorGroups(query: ErrorQuery, after: GroupPlace | null, limit: number): Promise<ErrorGroups>
  /** So many errors of one group after a place, or the first; the newest first. */
  errorsOfGroup(fingerprint: string, query: ErrorQuery, after: ErrorPlace | null, limit: number): Promise<ErrorsOfGroup>
  /** Errors over time, by what became of them, and how long they took to be known and to be got over. */
  errorFigures(query: ErrorQuery & { readonly until: Instant }): Promise<ErrorFigures>
  /** Where the bytes of the workspace are. */
  storage(): Promise<StorageUse>
}

/**
 * Finding runs among all of them. `search` and `counts` answer what is known by now (`FoundRuns.position`);
 * `matching` waits until everything is that was committed before it was asked.
 */
export interface Search {
  search(search: RunSearch): Promise<FoundRuns>
  counts(query: RunQuery): Promise<RunCounts>
  /** Every run that is found, newest first. */
  matching(query: RunQuery): Promise<readonly FoundRun[]>
}
