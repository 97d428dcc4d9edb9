import type Database from 'better-sqlite3'
import type { BranchNaming } from '../../engine/ports.ts'
import type { RunEntry } from '../../model/entry.ts'
import type { Checksum } from '../../model/ids.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { branchFormat, type BranchRow } from '../format/rows.ts'
import { rowWriter } from './row-writer.ts'

/** Writes rows of branches: one where a branch begins, in its place another where it gets a name. Both answer the run's tally. */
export function branchWriter(db: Database.Database) {
  const put = rowWriter(db, branchFormat)
  const find = db
    .prepare<[number, number], RawRow>(`SELECT ${rowColumns(branchFormat)} FROM branch WHERE run = ? AND number = ?`)
    .raw()

  return {
    begin: (run: number, row: Omit<BranchRow, 'by' | 'at' | 'name'>, { actor, at }: RunEntry, tally: Checksum): Checksum =>
      put(run, { ...row, by: actor, at, name: null }, tally).tally,

    /** @throws CorruptionFound, StorageFailed where the run has no such branch */
    name: (run: number, { branch, name }: BranchNaming, tally: Checksum): Checksum => {
      const row = find.get(run, branch)
      if (row === undefined) throw new StorageFailed(`there is no branch ${branch} to be named`)
      return put(run, { ...openRow(branchFormat, row).content, name }, tally).tally
    },
  }
}
