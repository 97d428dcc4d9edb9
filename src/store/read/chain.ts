import type Database from 'better-sqlite3'
import type { Checksum, RunId } from '../../model/ids.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { branchFormat, type BranchRow, type RunRow, type StubRow } from '../format/rows.ts'
import { ifWholeIn } from './if-whole.ts'

/** The checkpoints of a run, each of which goes over the checksum of the one before it. */
export interface Chain {
  readonly id: RunId
  readonly number: number
  /**
   * The checksum of the one before a checkpoint, where that is known whatever has become of that one: the run's row says it of the newest,
   * a branch of the newest on the one that the run left for it, a stub of one that was removed. Nothing comes before the first.
   */
  readonly keptBefore: (checkpoint: number) => Checksum | null | undefined
}

/** Says what is kept of the chain of a run. Rows of branches are read as far back as it takes; of a damaged one nothing is known. */
export function chainReader(db: Database.Database): (run: RunRow, stubs: readonly StubRow[]) => Chain {
  const crypt = cryptOf(db)
  const branchAt = db.prepare<[number, number], RawRow>(`SELECT ${rowColumns(branchFormat)} FROM branch WHERE run = ? AND number = ?`).raw()

  const leftFor = (run: number, branch: number): BranchRow['left'] => {
    const row = ifWholeIn(db, () => branchAt.get(run, branch))
    return (row && ifWholeIn(db, () => openRow(crypt, branchFormat, row).content.left)) ?? null
  }

  return ({ number, record, ledger }, stubs) => {
    const kept = new Map<number, Checksum | null>([[0, null], [ledger.checkpoints, ledger.head]])
    for (const stub of stubs) kept.set(stub.number, stub.parent)
    let branch = record.branch
    let known = ledger.checkpoints

    const keptBefore = (checkpoint: number): Checksum | null | undefined => {
      const before = kept.get(checkpoint)
      if (before !== undefined) return before
      for (; branch > 0 && checkpoint < known; branch -= 1) {
        const left = leftFor(number, branch)
        if (left === null) continue
        known = left.head + 1
        if (left.checksum !== null && !kept.has(known)) kept.set(known, left.checksum)
      }
      return kept.get(checkpoint)
    }
    return { id: record.id, number, keptBefore }
  }
}
