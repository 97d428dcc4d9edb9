import type Database from 'better-sqlite3'
import type { BranchNaming, Transition } from '../../engine/ports.ts'
import type { RunEntry } from '../../model/entry.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import { branchFormat, type BranchRow, type RunRow } from '../format/rows.ts'
import { rowWriter, type Writing } from './row-writer.ts'

/**
 * Writes what a transition does to the branches of the run that it was decided on: a row where one begins, in its place another where
 * it gets a name. `isSparse` is of one that begins. It throws CorruptionFound, and StorageFailed where the run has no branch of that number.
 */
export function branchWriter(db: Database.Database): (writing: Writing, transition: Transition, before: RunRow | undefined, isSparse: boolean) => void {
  const rows = rowWriter(db, branchFormat, ({ branches }) => branches)

  const begin = (writing: Writing, row: Omit<BranchRow, 'by' | 'at' | 'name'>, { actor, at }: RunEntry): void => {
    rows.put(writing, { ...row, by: actor, at, name: null })
  }

  const name = (writing: Writing, { branch, name: given }: BranchNaming): void => {
    const row = rows.find(writing, [branch])
    if (row === undefined) throw new StorageFailed(`there is no branch ${branch} to be named`)
    rows.replace(writing, row, { ...row.value, name: given })
  }

  return (writing, { branch, named, record, entry }, before, isSparse) => {
    if (before === undefined) {
      begin(writing, { number: 0, parent: null, from: null, why: null, left: null, kept: null, isSparse }, entry)
    } else if (branch !== null) {
      const { status, waiting, head, workflowVersion, revision } = before.record
      const left = { status, waiting, head, pinned: { workflowVersion, revision }, checksum: before.ledger.head }
      begin(writing, { ...branch, number: record.branch, left, isSparse }, entry)
    }
    if (named !== null) name(writing, named)
  }
}
