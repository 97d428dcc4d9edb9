/** Rows that a run has many of, read whole and held against the run's tally. */
import type Database from 'better-sqlite3'
import type { Checksum } from '../../model/ids.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { ErrorRecord } from '../../model/error-record.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { Tally } from '../format/ledger.ts'
import { triedPass, type TriedPass } from '../format/pass.ts'
import { coveredColumn, type Naming, readRow, recomputes, type RowShape } from '../format/row.ts'
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
import { digestColumn } from '../format/sha256.ts'

/** Of a run with more rows of a kind, it is not kept what they said. */
const mostKnown = 4_096

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
  const branches = rowsOf(db, branchFormat, asItIs)
  const passes = rowsOf(db, passFormat, triedPass)
  const attempts = rowsOf(db, attemptFormat, asItIs)
  const decisions = rowsOf(db, decisionFormat, asItIs)
  const errors = rowsOf(db, errorFormat, asItIs)
  const stubs = rowsOf(db, stubFormat, asItIs)

  return (run) => {
    const tally = new Tally()
    const tried = passes(run, tally)
    const rows = {
      branches: branches(run, tally),
      steps: tried.map(({ pass }) => pass),
      attempts: allAttempts(tried, attempts(run, tally)),
      decisions: decisions(run, tally),
      errors: errors(run, tally),
      stubs: stubs(run, tally),
    }
    assertAllThere(run, tally)
    return rows
  }
}

/** Checks that they all are there and whole, and looks at nothing that they say. It throws as reading them does. */
export function runRowsChecker(db: Database.Database): (run: RunRow) => void {
  const formats: readonly RowShape[] = [branchFormat, passFormat, attemptFormat, decisionFormat, errorFormat, stubFormat]
  const all = formats.map((format) => wholeRows(db, format))

  return (run) => {
    const tally = new Tally()
    for (const rowsOf of all) rowsOf(run, tally)
    assertAllThere(run, tally)
  }
}

function assertAllThere({ record, ledger }: RunRow, tally: Tally): void {
  if (tally.sum === ledger.tally) return
  throw new CorruptionFound('run', record.id, 'a branch, step, attempt, decision, error or stub of it is missing or out of date')
}

/** Those that have rows of their own, and the newest at each pass, which takes the place of one. */
function allAttempts(passes: readonly TriedPass[], rows: readonly AttemptRecord[]): AttemptRecord[] {
  const newest = passes.flatMap(({ newest: attempt }) => (attempt === undefined ? [] : [attempt]))
  if (rows.length === 0) return newest
  const taken = new Set(newest.map(nameOf))
  return [...rows.filter((row) => !taken.has(nameOf(row))), ...newest]
}

function nameOf(attempt: AttemptRecord): string {
  return attemptFormat.keyOf(attempt).join('/')
}

const asItIs = <T>(content: T): T => content

/** Rows of a kind, and what they are told as. */
function rowsOf<T, Told>(db: Database.Database, format: RunRowFormat<T>, told: (content: T) => Told): (run: RunRow, tally: Tally) => Told[] {
  const crypt = cryptOf(db)
  const rows = wholeRows(db, format)
  /** What rows said when they were last read, by their checksums: one that recomputes says the same, and is not parsed again. */
  let known = new Map<Checksum, Told>()

  return (run, tally) => {
    const now = new Map<Checksum, Told>()
    for (const { checksum, key, content } of rows(run, tally)) {
      now.set(checksum, known.get(checksum) ?? told(readRow(crypt, format, key, content, namingOf(run))))
    }
    known = now.size > mostKnown ? new Map<Checksum, Told>() : now
    return [...now.values()]
  }
}

/** What a row covers, its checksum, its content, and its key. */
type StoredRow = readonly [covered: unknown, checksum: unknown, content: unknown, ...key: unknown[]]

interface WholeRow {
  readonly checksum: Checksum
  readonly content: string
  readonly key: readonly unknown[]
}

/** Rows of a kind in the order of their keys, each of which recomputes: they are entered into the tally. It throws CorruptionFound where one does not. */
function wholeRows(db: Database.Database, format: RowShape): (run: RunRow, tally: Tally) => WholeRow[] {
  const key = format.columns.join(', ')
  const columns = `${coveredColumn(format)}, ${digestColumn('checksum')}, content, ${key}`
  const select = db.prepare<[number], StoredRow>(`SELECT ${columns} FROM ${format.table} WHERE run = ? ORDER BY ${key}`).raw()

  return (run, tally) => {
    const rows = select.all(run.number).map(([covered, checksum, content, ...key]) => {
      if (recomputes(covered, checksum) && typeof content === 'string') return { checksum, content, key }
      const detail = typeof content === 'string' ? 'its checksum does not match' : 'its content is not text'
      throw new CorruptionFound(format.table, namingOf(run)(key), detail)
    })
    tally.enterAll(rows.map(({ checksum }) => checksum))
    return rows
  }
}

/** A person knows a run by its id. */
function namingOf({ record }: RunRow): Naming {
  return ([, ...key]) => [record.id, ...key].join('/')
}
