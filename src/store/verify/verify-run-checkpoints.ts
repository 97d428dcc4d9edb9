import type Database from 'better-sqlite3'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { branchFormat, type RunRow } from '../format/rows.ts'
import { addressesIn } from '../read/named-values.ts'
import type { Allowance } from './allowance.ts'
import type { Findings } from './findings.ts'
import { checkpointVerifier, type Starts } from './verify-checkpoints.ts'
import { runValuesVerifier } from './verify-run-values.ts'

/** Checkpoints of a run from one number to another, both included, and the values that they name. */
export function runCheckpointsVerifier(
  db: Database.Database,
  findings: Findings,
  counted: (checkpoints: number) => void,
): (run: RunRow, first: number, last: number, allowance: Allowance) => void {
  const crypt = cryptOf(db)
  const verifyCheckpoints = checkpointVerifier(db, findings)
  const verifyValues = runValuesVerifier(db, findings)
  const branchesOf = db.prepare<[number], RawRow>(`SELECT ${rowColumns(branchFormat)} FROM branch WHERE run = ?`).raw()

  /** Undefined where a row of them is damaged, which is a finding. */
  const startsOf = ({ number, record }: RunRow): Starts | undefined => {
    let starts: Starts | undefined
    findings.check('branch', record.id, () => {
      const rows = branchesOf.all(number).map((row) => openRow(crypt, branchFormat, row).content)
      starts = new Map(rows.flatMap((branch) => (branch.from === null ? [] : [[branch.number, branch.from]])))
    })
    return starts
  }

  return (run, first, last, allowance) => {
    findings.check('checkpoint', run.record.id, () => {
      const { whole, count } = verifyCheckpoints(run, first, last, startsOf(run))
      counted(count)
      for (let left = count - whole.length; left > 0; left -= 1) allowance.spend()
      for (const { changes } of whole) allowance.spend(changes.length * 100)
      verifyValues(run, whole.flatMap(addressesIn), allowance)
    })
  }
}
