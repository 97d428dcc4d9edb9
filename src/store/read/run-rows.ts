/** Rows that a run has many of, read whole and held against the run's tally. */
import type Database from 'better-sqlite3'
import type { DecisionRecord } from '../../model/decision.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { Tally } from '../format/ledger.ts'
import { newestOf, passOf, type PassRow } from '../format/pass.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import {
  attemptFormat,
  branchFormat,
  type BranchRow,
  decisionFormat,
  type RunRow,
  type RunRowFormat,
  passFormat,
} from '../format/rows.ts'

/** Every control row of a run, of all its branches. */
export interface RunRows {
  readonly branches: BranchRow[]
  readonly steps: StepRecord[]
  readonly attempts: AttemptRecord[]
  readonly decisions: DecisionRecord[]
}

/** Reads them. It throws CorruptionFound where a row is damaged, missing, or not the newest of its key. */
export function runRowsReader(db: Database.Database): (run: RunRow) => RunRows {
  const branches = rowsOf(db, branchFormat)
  const passes = rowsOf(db, passFormat)
  const attempts = rowsOf(db, attemptFormat)
  const decisions = rowsOf(db, decisionFormat)

  return (run) => {
    const tally = new Tally()
    const of = { branches: branches(run, tally), passes: passes(run, tally), attempts: attempts(run, tally), decisions: decisions(run, tally) }
    if (tally.sum !== run.ledger.tally) {
      throw new CorruptionFound('run', run.record.id, 'a branch, step, attempt or decision of it is missing or out of date')
    }
    return { ...of, steps: of.passes.map(passOf), attempts: allAttempts(of.passes, of.attempts) }
  }
}

/** Those that have rows of their own, and the newest at each pass, which takes the place of one. */
function allAttempts(passes: readonly PassRow[], rows: readonly AttemptRecord[]): AttemptRecord[] {
  const newest = passes.map(newestOf).filter((attempt) => attempt !== undefined)
  const taken = new Set(newest.map(nameOf))
  return [...rows.filter((row) => !taken.has(nameOf(row))), ...newest]
}

function nameOf(attempt: AttemptRecord): string {
  return attemptFormat.keyOf(attempt).join('/')
}

function rowsOf<T>(db: Database.Database, format: RunRowFormat<T>): (run: RunRow, tally: Tally) => T[] {
  const crypt = cryptOf(db)
  const columns = rowColumns(format)
  const order = format.columns.join(', ')
  const select = db
    .prepare<[number], RawRow>(`SELECT ${columns} FROM ${format.table} WHERE run = ? ORDER BY ${order}`)
    .raw()

  return (run, tally) =>
    select.all(run.number).map((row) => {
      const named = [run.record.id, ...row.slice(1, format.columns.length)].join('/')
      const { content, sealed } = openRow(crypt, format, row, named)
      tally.enter(sealed.checksum)
      return content
    })
}
