/** Every control row there is: what its key is made of and what it says. */
import { z } from 'zod'
import { Actor } from '../../model/actor.ts'
import { BranchName, BranchStanding } from '../../model/branch.ts'
import { DecisionRecord } from '../../model/decision.ts'
import { ErrorRecord } from '../../model/error-record.ts'
import { Checksum, Instant, LineageId, RevisionHash, StepId } from '../../model/ids.ts'
import { Manifest } from '../../model/manifest.ts'
import { RemovedRun } from '../../model/retention.ts'
import { Pinned, RunRecord } from '../../model/run.ts'
import { AttemptRecord, KeptPasses, type StepRecord } from '../../model/step.ts'
import { Ledger } from './ledger.ts'
import { PassRow, usualPass } from './pass.ts'
import type { Key, RowFormat } from './row.ts'

/** Rows are named by small numbers, given in order of creation: they cluster, and an id is written once. */
const RowNumber = z.int().positive()

export const LineageRow = z.object({ number: RowNumber, id: LineageId, salt: z.hex() })
export type LineageRow = z.infer<typeof LineageRow>
export const lineageFormat: RowFormat<LineageRow> = { table: 'lineage', columns: ['number', 'id'], content: LineageRow }
export const lineageKey = (row: LineageRow): Key => [row.number, row.id]

export const RunRow = z.object({
  number: RowNumber,
  lineage: RowNumber,
  ledger: Ledger,
  /** Where the run stands, so that a list of runs reads nothing but their rows. */
  standing: z.array(z.object({ step: StepId, iteration: z.int().min(1) })),
  record: RunRecord,
})
export type RunRow = z.infer<typeof RunRow>
export const runFormat: RowFormat<RunRow> = {
  table: 'run',
  columns: ['number', 'id', 'workflow', 'status'],
  content: RunRow,
  usual: ([number, id, workflow]) => ({
    number,
    record: { id, workflow, origin: null, disarmed: false, parent: null, kept: null, priority: 0, admitted: true, waiting: null, paused: false, closing: null, rollbacks: null, holds: null, givenWay: null, failure: null, recoveries: 0, endedAt: null, sentBack: 0 },
  }),
}
export const runKey = ({ number, record }: RunRow): Key => [number, record.id, record.workflow, record.status]

/**
 * What is left of a removed run. Its other rows go in as many transactions as it takes: it is under way until then.
 * `entries` of the journal have been emptied so far, the first of the run, and `tally` is what their digests add up to.
 */
export const RemovedRow = z.object({
  number: RowNumber,
  lineage: RowNumber,
  run: RemovedRun,
  isUnderWay: z.boolean(),
  entries: z.int().nonnegative(),
  tally: Checksum,
})
export type RemovedRow = z.infer<typeof RemovedRow>
export const removedFormat: RowFormat<RemovedRow> = {
  table: 'removed_run',
  columns: ['number', 'id'],
  content: RemovedRow,
  isReadable: true,
}
export const removedKey = ({ number, run }: RemovedRow): Key => [number, run.id]

/**
 * What stands for checkpoints that retention removed of a run that stays: from `first` up to `number`, the first that is there
 * after them. It has a keyframe, and goes on over the checksum of the one before it. More is to go while it is under way.
 */
export const StubRow = z.object({
  number: z.int().positive(),
  first: z.int().nonnegative(),
  parent: Checksum,
  at: Instant,
  isUnderWay: z.boolean(),
})
export type StubRow = z.infer<typeof StubRow>

export const RevisionRow = z.object({
  hash: RevisionHash,
  manifest: Manifest,
  loadedAt: Instant,
  /** SHA-256 of the bundle's text, which stands beside the row. */
  bundle: Checksum,
})
export type RevisionRow = z.infer<typeof RevisionRow>
export const revisionFormat: RowFormat<RevisionRow> = { table: 'revision', columns: ['hash'], content: RevisionRow, isPacked: true }

/** A line of checkpoints; `parent` and `from` say which branch and checkpoint it starts from. */
export const BranchRow = z.object({
  number: z.int().nonnegative(),
  parent: z.int().nonnegative().nullable(),
  from: z.int().nonnegative().nullable(),
  by: Actor,
  why: z.string().nullable(),
  at: Instant,
  /**
   * How the run stood on the branch that it left for this one; null for the first, and in rows of before it could leave one.
   * It says nothing of what was pinned where that could not change: this branch pins the same then. `checksum` is that of the newest
   * checkpoint, which this branch goes on over; null in rows of before it was kept.
   */
  left: BranchStanding.extend({ pinned: Pinned.nullable().default(null), checksum: Checksum.nullable().default(null) }).nullable().default(null),
  name: BranchName.nullable().default(null),
  /** Passes that had not begun when the branch began have no row; the definition tells of them (`unbegun.ts`). */
  isSparse: z.boolean().default(false),
  /** These have no row either: they are as on the branch of the number before this one, which the run left for it. */
  kept: KeptPasses.nullable().default(null),
})
export type BranchRow = z.infer<typeof BranchRow>

/** Rows that a run has many of. Their key begins with the run's number; the run's ledger tallies them. */
export interface RunRowFormat<T> extends RowFormat<T> {
  readonly keyOf: (value: T) => Key
}

export const branchFormat: RunRowFormat<BranchRow> = {
  table: 'branch',
  columns: ['run', 'number'],
  content: BranchRow,
  usual: ([, number]) => ({ number, parent: null, from: null, why: null, left: null, name: null, kept: null }),
  keyOf: (row) => [row.number],
}
export const stubFormat: RunRowFormat<StubRow> = {
  table: 'stub',
  columns: ['run', 'number'],
  content: StubRow,
  isReadable: true,
  keyOf: (row) => [row.number],
}
export const passKey = ({ branch, step, iteration }: Pick<StepRecord, 'branch' | 'step' | 'iteration'>): Key => [branch, step, iteration]
export const passFormat: RunRowFormat<PassRow> = {
  table: 'step',
  columns: ['run', 'branch', 'step', 'iteration'],
  content: PassRow,
  usual: ([, branch, step, iteration], { status, attempts = 0, startedAt = null, endedAt = null, newest = null }) => ({
    branch,
    step,
    iteration,
    ...usualPass,
    newest: newest === null ? null : { attempt: attempts, status, phase: 'run', effect: 'none', timeout: null, allowance: null, failure: null, startedAt, endedAt },
  }),
  keyOf: passKey,
}
export const attemptFormat: RunRowFormat<AttemptRecord> = {
  table: 'attempt',
  columns: ['run', 'branch', 'step', 'iteration', 'attempt'],
  content: AttemptRecord,
  usual: ([, branch, step, iteration, attempt]) => ({
    branch,
    step,
    iteration,
    attempt,
    phase: 'run',
    effect: 'none',
    timeout: null,
    allowance: null,
    failure: null,
    endedAt: null,
  }),
  keyOf: (row) => [row.branch, row.step, row.iteration, row.attempt],
}
export const decisionFormat: RunRowFormat<DecisionRecord> = {
  table: 'decision',
  columns: ['run', 'id'],
  content: DecisionRecord,
  keyOf: (row) => [row.id],
}
export const errorFormat: RunRowFormat<ErrorRecord> = {
  table: 'error',
  columns: ['run', 'id'],
  content: ErrorRecord,
  keyOf: (row) => [row.id],
}
