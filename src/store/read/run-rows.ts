/** Rows that a run has many of, read whole and held against the run's tally. */
import type Database from 'better-sqlite3'
import type { DecisionRecord } from '../../model/decision.ts'
import type { ErrorRecord } from '../../model/error-record.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { Tally } from '../format/ledger.ts'
import { newestOf, passOf, type PassRow } from '../format/pass.ts'
import { type RawRow, type RowShape, openRow, rowColumns, wholeRow } from '../format/row.ts'
import {
  attemptFormat,
  branchFormat,
  type BranchRow,
  decisionFormat,
  errorFormat,
  type RunRow,
  type RunRowFormat,
  passFormat,
  stubFormat,
  type StubRow,
} from '../format/rows.ts'

/** Every control row of a run, of all its branches. */
export interface RunRows {
  readonly branches: BranchRow[]
  readonly steps: StepRecord[]
  readonly attempts: AttemptRecord[]
  readonly decisions: DecisionRecord[]
  readonly errors: ErrorRecord[]
  readonly stubs: StubRow[]
}

/** Reads them. It throws CorruptionFound where a row is damaged, missing, or not the newest of its key. */
export function runRowsReader(db: Database.Database): (run: RunRow) => RunRows {
  const branches = rowsOf(db, branchFormat)
  const passes = rowsOf(db, passFormat)
  const attempts = rowsOf(db, attemptFormat)
  const decisions = rowsOf(db, decisionFormat)
  const errors = rowsOf(db, errorFormat)
  const stubs = rowsOf(db, stubFormat)

  return (run) => {
    const tally = new Tally()
    const of = {
      branches: branches(run, tally),
      passes: passes(run, tally),
      attempts: attempts(run, tally),
      decisions: decisions(run, tally),
      errors: errors(run, tally),
      stubs: stubs(run, tally),
    }
    assertAllThere(run, tally)
    return { ...of, steps: of.passes.map(passOf), attempts: allAttempts(of.passes, of.attempts) }
  }
}

/** Checks that they all are there and whole, and looks at nothing that they say. It throws as reading them does. */
export function runRowsChecker(db: Database.Database): (run: RunRow) => void {
  const formats: readonly RowShape[] = [branchFormat, passFormat, attemptFormat, decisionFormat, errorFormat, stubFormat]
  const all = formats.map((format) => ({ format, select: selectRows(db, format) }))

  return (run) => {
    const tally = new Tally()
    for (const { format, select } of all) {
      for (const row of select.iterate(run.number)) tally.enter(wholeRow(format, row, rowName(run, format, row)).checksum)
    }
    assertAllThere(run, tally)
  }
}

function assertAllThere({ record, ledger }: RunRow, tally: Tally): void {
  if (tally.sum === ledger.tally) return
  throw new CorruptionFound('run', record.id, 'a branch, step, attempt, decision, error or stub of it is missing or out of date')
}

/** Those that have rows of their own, and the newest at each pass, which takes the place of one. */
function allAttempts(passes: readonly PassRow[], rows: readonly AttemptRecord[]): AttemptRecord[] {
  const newest = passes.map(newestOf).filter((attempt) => attempt !== undefined)
  if (rows.length === 0) return newest
  const taken = new Set(newest.map(nameOf))
  return [...rows.filter((row) => !taken.has(nameOf(row))), ...newest]
}

function nameOf(attempt: AttemptRecord): string {
  return attemptFormat.keyOf(attempt).join('/')
}

function rowsOf<T>(db: Database.Database, format: RunRowFormat<T>): (run: RunRow, tally: Tally) => T[] {
  const crypt = cryptOf(db)
  const select = selectRows(db, format)

  return (run, tally) =>
    select.all(run.number).map((row) => {
      const { content, sealed } = openRow(crypt, format, row, rowName(run, format, row))
      tally.enter(sealed.checksum)
      return content
    })
}

function selectRows(db: Database.Database, format: RowShape): Database.Statement<[number], RawRow> {
  const order = format.columns.join(', ')
  return db.prepare<[number], RawRow>(`SELECT ${rowColumns(format)} FROM ${format.table} WHERE run = ? ORDER BY ${order}`).raw()
}

/** What a person calls a row. */
function rowName({ record }: RunRow, { columns }: RowShape, row: RawRow): string {
  return [record.id, ...row.slice(1, columns.length)].join('/')
}
