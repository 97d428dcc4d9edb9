import type Database from 'better-sqlite3'
import type { Committed, Transition } from '../../engine/ports.ts'
import type { RunId } from '../../model/ids.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import { StorageFailed, VersionConflict } from '../../model/storage-errors.ts'
import { emptyLedger, Tally } from '../format/ledger.ts'
import { decisionFormat, errorFormat, type RunRow } from '../format/rows.ts'
import { standingAfter } from '../format/standing.ts'
import { summaryOf } from '../format/summary.ts'
import { isUnbegun } from '../format/unbegun.ts'
import { lineageReader } from '../read/lineages.ts'
import { runReader } from '../read/runs.ts'
import { isWithin, stubReader } from '../read/stubs.ts'
import { offered } from '../retention/needed.ts'
import { branchWriter } from './branch-writer.ts'
import { checkpointWriter } from './checkpoint-writer.ts'
import type { JournalWriter } from './journal-writer.ts'
import { lineageWriter } from './lineage-writer.ts'
import { passWriter } from './pass-writer.ts'
import { pendingWriter } from './pending-writer.ts'
import { refuseAmbiguous, refuseOtherBranch, refuseStale } from './refusals.ts'
import { rowWriter, type Writing } from './row-writer.ts'
import { runWriter } from './run-writer.ts'
import { valueWriter } from './value-writer.ts'
import { KnownRows, type WrittenRun, type WrittenRuns } from './written-runs.ts'

/** Writes one transition within the transaction that is open. What it throws leaves a savepoint to undo. */
export function transitionWriter(db: Database.Database, journal: JournalWriter, written: WrittenRuns, keyframeFloor: number) {
  const runs = { ...runReader(db), ...runWriter(db) }
  const lineages = lineageReader(db)
  const addLineage = lineageWriter(db)
  const putValues = valueWriter(db)
  const putBranches = branchWriter(db)
  const putPasses = passWriter(db)
  /** All of a run that began before its attempts were counted: each had a row of its own then. */
  const countAttempts = db.prepare<[number], number>('SELECT count(*) FROM attempt WHERE run = ?').pluck()
  const decided = rowWriter(db, decisionFormat, ({ decisions }) => decisions)
  const putPending = pendingWriter(db)
  const stubsOf = stubReader(db)
  const erred = rowWriter(db, errorFormat, ({ errors }) => errors)
  const putCheckpoints = checkpointWriter(db, keyframeFloor)

  const lineageOf = ({ lineage, record, run }: Transition): number => {
    const number = lineage === null ? lineages.byId(record.lineage)?.number : addLineage(lineage)
    if (number === undefined) throw new StorageFailed(`run ${run} is of lineage ${record.lineage}, which is not stored`)
    return number
  }

  /** @throws VersionConflict where a decision that is new offers to go back to what retention has removed since it was looked at */
  const refuseGone = (writing: Writing, { record, expected, decisions }: Transition): void => {
    const fresh = decisions.filter((decision) => decided.find(writing, decisionFormat.keyOf(decision)) === undefined)
    const named = offered(fresh)
    if (named.length === 0) return
    const stubs = stubsOf({ number: writing.run })
    if (named.some((checkpoint) => isWithin(stubs, checkpoint))) throw new VersionConflict(record.id, expected, expected)
  }

  const stored = (run: RunId): WrittenRun | undefined => {
    const standing = runs.standing(run)
    return standing === undefined ? undefined : { ...standing, rows: new KnownRows(false) }
  }

  const create = (transition: Transition): RunRow => {
    const { record } = transition
    return { number: runs.next(), lineage: lineageOf(transition), ledger: emptyLedger, standing: [], record }
  }

  const write = (transition: Transition): Committed => {
    const { entry, record, steps, attempts } = transition
    const before = written.get(transition.run) ?? stored(transition.run)
    refuseStale(transition, before?.row.record.version ?? null)
    refuseAmbiguous(transition)
    refuseOtherBranch(transition, before?.row.record.branch ?? 0)

    const base = before?.row ?? create(transition)
    const rows = before?.rows ?? new KnownRows(true)
    const writing = { run: base.number, lineage: base.lineage, rows, tally: new Tally(base.ledger.tally) }
    putValues(base.lineage, transition.values)
    const passes = before === undefined || transition.branch !== null ? passesWithRows(transition) : steps
    putBranches(writing, transition, before?.row, passes.length < steps.length)
    const tried = base.ledger.attempts ?? countAttempts.get(base.number) ?? 0
    const begun = putPasses(writing, passes, attempts)
    if (transition.decisions.length > 0) refuseGone(writing, transition)
    for (const decision of transition.decisions) {
      decided.put(writing, decision)
      putPending(writing.run, decision)
    }
    for (const error of transition.errors) erred.put(writing, error)
    // On a branch that begins here, the run stands nowhere yet.
    const stood = transition.branch === null ? base.standing : []
    const standing = standingAfter(stood, steps.filter(({ branch }) => branch === record.branch))
    const ledger = { ...base.ledger, tally: writing.tally.sum, attempts: tried + begun }
    const row = putCheckpoints({ ...base, record, standing, ledger }, transition)
    const sealed = runs.put(before, row)
    if (isEnded(record.status)) written.drop(record.id)
    else written.put(record.id, { row, sealed, rows })
    const own = { entry: journal.append(entry, row), summary: summaryOf(row) }
    return transition.children === undefined ? own : { ...own, children: transition.children.map(write) }
  }

  /** With the child runs that it creates. @throws VersionConflict, StorageFailed, CorruptionFound */
  return write
}

/** Where a branch begins, passes of it that nothing has come of need no row. */
function passesWithRows({ record, steps, attempts }: Transition): readonly StepRecord[] {
  const isTried = ({ step }: StepRecord): boolean => attempts.some((attempt) => attempt.step === step)
  return steps.filter((step) => step.branch !== record.branch || !isUnbegun(step) || isTried(step))
}
