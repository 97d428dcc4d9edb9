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
  const verifyCheckpoints = checkpointVerifier(db)
  const verifyValues = runValuesVerifier(db, findings)
  const branchesOf = db.prepare<[number], RawRow>(`SELECT ${rowColumns(branchFormat)} FROM branch WHERE run = ?`).raw()

  const startsOf = ({ number }: RunRow): Starts => {
    const rows = branchesOf.all(number).map((row) => openRow(crypt, branchFormat, row).content)
    return new Map(rows.flatMap((branch) => (branch.from === null ? [] : [[branch.number, branch.from]])))
  }

  return (run, first, last, allowance) => {
    findings.check('checkpoint', run.record.id, () => {
      const taken = verifyCheckpoints(run, first, last, startsOf(run))
      counted(taken.length)
      for (const { changes } of taken) allowance.spend(changes.length * 100)
      verifyValues(run, taken.flatMap(addressesIn), allowance)
    })
  }
}
