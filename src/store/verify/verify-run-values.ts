import type Database from 'better-sqlite3'
import type { Address } from '../../model/ids.ts'
import type { RunRow } from '../format/rows.ts'
import { lineageReader } from '../read/lineages.ts'
import { valueReader } from '../read/values.ts'
import type { Allowance } from './allowance.ts'
import type { Findings } from './findings.ts'

/** Values that something of a run names: each is there, and is what its address says. */
export function runValuesVerifier(db: Database.Database, findings: Findings): (run: RunRow, addresses: readonly Address[], allowance: Allowance) => void {
  const lineages = lineageReader(db)
  const values = valueReader(db)

  return (run, addresses, allowance) => {
    const lineage = lineages.byNumber(run.lineage)
    for (const address of new Set(addresses)) {
      findings.checkAll('value', `${lineage.id}/${address}`, () => allowance.spend(Buffer.byteLength(values.text(lineage, address))))
    }
  }
}
