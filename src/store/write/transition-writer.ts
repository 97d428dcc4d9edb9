import type Database from 'better-sqlite3'
import type { Committed, Transition } from '../../engine/ports.ts'
import type { CheckpointDraft } from '../../model/checkpoint.ts'
import { StorageFailed, VersionConflict } from '../../model/storage-errors.ts'
import { emptyLedger, type Ledger } from '../format/ledger.ts'
import { attemptFormat, decisionFormat, type RunRow, stepFormat } from '../format/rows.ts'
import { standingAfter } from '../format/standing.ts'
import { summaryOf } from '../format/summary.ts'
import { lineageReader } from '../read/lineages.ts'
import { runReader } from '../read/runs.ts'
import { valueReader } from '../read/values.ts'
import { branchWriter } from './branch-writer.ts'
import { checkpointWriter } from './checkpoint-writer.ts'
import type { JournalWriter } from './journal-writer.ts'
import { lineageWriter } from './lineage-writer.ts'
import { rowWriter } from './row-writer.ts'
import { runWriter } from './run-writer.ts'
import { valueWriter } from './value-writer.ts'

/** Writes one transition within the transaction that is open. What it throws leaves a savepoint to undo. */
export function transitionWriter(db: Database.Database, journal: JournalWriter, keyframeFloor: number) {
  const runs = { ...runReader(db), ...runWriter(db) }
  const lineages = lineageReader(db)
  const addLineage = lineageWriter(db)
  const putValues = valueWriter(db)
  const values = valueReader(db)
  const branches = branchWriter(db)
  const putStep = rowWriter(db, stepFormat)
  const putAttempt = rowWriter(db, attemptFormat)
  const putDecision = rowWriter(db, decisionFormat)
  const putCheckpoint = checkpointWriter(db, keyframeFloor)

  const lineageOf = ({ lineage, record, run }: Transition): number => {
    const number = lineage === null ? lineages.byId(record.lineage)?.number : addLineage(lineage)
    if (number === undefined) throw new StorageFailed(`run ${run} is of lineage ${record.lineage}, which is not stored`)
    return number
  }

  const create = (transition: Transition): RunRow => {
    const { record, entry } = transition
    const number = runs.next()
    const first = { number: 0, parent: null, from: null, why: null, left: null }
    const ledger = { ...emptyLedger, tally: branches.begin(number, first, entry, emptyLedger.tally) }
    return { number, lineage: lineageOf(transition), ledger, standing: [], record }
  }

  /** On a branch that begins here, the run stands nowhere yet. */
  const begun = ({ branch, record, entry }: Transition, row: RunRow): RunRow => {
    if (branch === null) return row
    const { status, waiting, head, workflowVersion, revision } = row.record
    const next = { ...branch, number: record.branch, left: { status, waiting, head, pinned: { workflowVersion, revision } } }
    const tally = branches.begin(row.number, next, entry, row.ledger.tally)
    return { ...row, standing: [], ledger: { ...row.ledger, tally } }
  }

  const named = ({ named: naming }: Transition, row: RunRow): RunRow => {
    if (naming === null) return row
    return { ...row, ledger: { ...row.ledger, tally: branches.name(row.number, naming, row.ledger.tally) } }
  }

  const putRows = (run: number, { steps, attempts, decisions }: Transition, ledger: Ledger): Ledger => {
    let { tally } = ledger
    let begun = 0
    for (const step of steps) ({ tally } = putStep(run, step, tally))
    for (const attempt of attempts) {
      const written = putAttempt(run, attempt, tally)
      tally = written.tally
      if (written.isNew) begun += 1
    }
    for (const decision of decisions) ({ tally } = putDecision(run, decision, tally))
    return { ...ledger, tally, attempts: ledger.attempts === null ? null : ledger.attempts + begun }
  }

  const refuseDangling = ({ lineage, record }: RunRow, draft: CheckpointDraft): void => {
    for (const change of draft.changes) {
      if (!('address' in change) || values.has(lineage, change.address)) continue
      throw new StorageFailed(`checkpoint ${record.id}/${draft.number} names value ${change.address}, which is not stored`)
    }
  }

  /** @throws VersionConflict, StorageFailed, CorruptionFound */
  return (transition: Transition): Committed => {
    const { entry, record, checkpoints, steps } = transition
    const before = runs.byId(transition.run)
    refuseStale(transition, before?.record.version ?? null)
    refuseAmbiguous(transition)
    refuseOtherBranch(transition, before?.record.branch ?? 0)

    const base = named(transition, begun(transition, before ?? create(transition)))
    putValues(base.lineage, transition.values)
    const standing = standingAfter(base.standing, steps.filter(({ branch }) => branch === record.branch))
    let row = { ...base, record, standing, ledger: putRows(base.number, transition, base.ledger) }
    for (const [index, draft] of checkpoints.entries()) {
      refuseDangling(row, draft)
      const from = index === 0 ? (transition.branch?.from ?? null) : null
      row = { ...row, ledger: putCheckpoint(row, entry.at, draft, from) }
    }
    runs.put(before, row)
    return { entry: journal.append(entry, row.number), summary: summaryOf(row) }
  }
}

function refuseStale({ run, expected }: Transition, found: number | null): void {
  if (found !== expected) throw new VersionConflict(run, expected, found)
}

/** The parts of a transition name their run and version each: they must name the same. */
function refuseAmbiguous({ run, expected, entry, record }: Transition): void {
  const next = expected === null ? record.version : expected + 1
  if (entry.run === run && record.id === run && record.version === next && entry.version === next) return
  throw new StorageFailed(
    `a transition of run ${run} to version ${next} has an entry of ${entry.run} at ${entry.version} and a record of ` +
      `${record.id} at ${record.version}`,
  )
}

/** All that is written belongs to the branch that the run is on, or to the next one where the transition begins that. */
function refuseOtherBranch({ run, record, checkpoints, branch: begins }: Transition, branch: number): void {
  const onto = begins === null ? branch : branch + 1
  const other = [record, ...checkpoints].find((part) => part.branch !== onto)
  if (other !== undefined) {
    throw new StorageFailed(`run ${run} goes on on branch ${onto}, and the transition is of branch ${other.branch}`)
  }
  if (begins !== null && checkpoints.length === 0) throw new StorageFailed(`branch ${onto} of run ${run} begins without a checkpoint`)
}
