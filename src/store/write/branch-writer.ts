import type Database from 'better-sqlite3'
import type { BranchNaming } from '../../engine/ports.ts'
import type { RunEntry } from '../../model/entry.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import { branchFormat, type BranchRow } from '../format/rows.ts'
import { rowWriter, type Writing } from './row-writer.ts'

/** Writes rows of branches: one where a branch begins, in its place another where it gets a name. */
export function branchWriter(db: Database.Database) {
  const rows = rowWriter(db, branchFormat, ({ branches }) => branches)

  return {
    begin: (writing: Writing, row: Omit<BranchRow, 'by' | 'at' | 'name'>, { actor, at }: RunEntry): void => {
      rows.put(writing, { ...row, by: actor, at, name: null })
    },

    /** @throws CorruptionFound, StorageFailed where the run has no such branch */
    name: (writing: Writing, { branch, name }: BranchNaming): void => {
      const row = rows.find(writing, [branch])
      if (row === undefined) throw new StorageFailed(`there is no branch ${branch} to be named`)
      rows.replace(writing, row, { ...row.value, name })
    },
  }
}
