import type Database from 'better-sqlite3'
import type { BranchNaming } from '../../engine/ports.ts'
import type { RunEntry } from '../../model/entry.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { branchFormat, type BranchRow } from '../format/rows.ts'
import { rowWriter, type Writing } from './row-writer.ts'

/** Writes rows of branches: one where a branch begins, in its place another where it gets a name. */
export function branchWriter(db: Database.Database) {
  const crypt = cryptOf(db)
  const put = rowWriter(db, branchFormat)
  const find = db
    .prepare<[number, number], RawRow>(`SELECT ${rowColumns(branchFormat)} FROM branch WHERE run = ? AND number = ?`)
    .raw()

  return {
    begin: (writing: Writing, row: Omit<BranchRow, 'by' | 'at' | 'name'>, { actor, at }: RunEntry): void => {
      put(writing, { ...row, by: actor, at, name: null })
    },

    /** @throws CorruptionFound, StorageFailed where the run has no such branch */
    name: (writing: Writing, { branch, name }: BranchNaming): void => {
      const row = find.get(writing.run, branch)
      if (row === undefined) throw new StorageFailed(`there is no branch ${branch} to be named`)
      put(writing, { ...openRow(crypt, branchFormat, row).content, name })
    },
  }
}
