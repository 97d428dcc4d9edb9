/**
 * Checkpoints of a run that somebody may still go back to, though bounds would have them go.
 *
 * Invariants:
 * 1. A run that has not ended needs each savepoint that it has passed on its branch, as it was passed last, what it is being rolled
 *    back to, and what was before all that it holds; an open decision needs what it offers to go back to.
 * 2. As long as a run is on the same branch, it comes to need no older savepoint: those that it passes are new.
 */
import type Database from 'better-sqlite3'
import type { DecisionRecord } from '../../model/decision.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { openRow, type RawRow, rowColumns } from '../format/row.ts'
import { decisionFormat, type RunRow } from '../format/rows.ts'
import { passReader } from '../read/passes.ts'
import type { RunRows } from '../read/run-rows.ts'
import { isWithin } from '../read/stubs.ts'
import type { Trimmable } from './removable.ts'

/** What the run and its decisions need, as its rows tell it. It throws CorruptionFound. */
export function neededReader(db: Database.Database): (run: RunRow, rows: RunRows) => readonly number[] {
  const passesOf = passReader(db)

  return (run, rows) => {
    const { status, branch } = run.record
    if (isEnded(status)) return []
    return [...savepoints(passesOf(run, rows).on(branch)), ...held(run), ...offered(rows.decisions)]
  }
}

/** Whether the run or its decisions have come to need any of what is still to go since it was chosen. It throws CorruptionFound. */
export function neededSince(db: Database.Database): (trim: Trimmable, run: RunRow) => boolean {
  const crypt = cryptOf(db)
  const open = db
    .prepare<[number], RawRow>(`SELECT ${rowColumns(decisionFormat)} FROM decision WHERE (run, id) IN (SELECT run, id FROM pending WHERE run = ?)`)
    .raw()

  return (trim, run) => {
    if (trim.ranges.length === 0) return false
    if (run.record.branch !== trim.branch) return true
    const decisions = open.all(run.number).map((row) => openRow(crypt, decisionFormat, row).content)
    return [...held(run), ...offered(decisions)].some((checkpoint) => isWithin(trim.ranges, checkpoint))
  }
}

function savepoints(passes: readonly StepRecord[]): number[] {
  const newest = new Map(passes.flatMap(({ step, savepoint }) => (savepoint === null ? [] : [[step, savepoint.checkpoint] as const])))
  return [...newest.values()]
}

function held({ record: { closing, holds } }: RunRow): number[] {
  const back = closing?.outcome === 'rolled_back' ? [closing.to.checkpoint] : []
  return [...back, ...Object.values(holds ?? {}).map(({ checkpoint }) => checkpoint)]
}

/** What open decisions among these offer to go back to. To be restarted is to go back to the first one. */
export function offered(decisions: readonly DecisionRecord[]): number[] {
  return decisions
    .filter(({ status }) => status === 'pending')
    .flatMap(({ checkpoint, actions }) => [...(checkpoint === null ? [] : [checkpoint]), ...(actions.some(({ name }) => name === 'restart') ? [0] : [])])
}
