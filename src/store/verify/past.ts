import type Database from 'better-sqlite3'
import { type Finding, isLeftBehind } from '../../model/integrity.ts'
import { ifWhole } from '../read/if-whole.ts'
import { runRowsReader } from '../read/run-rows.ts'
import { runReader } from '../read/runs.ts'

/** Whether the run of a finding has gone on without what is damaged: its newest checkpoint is whole, and nothing that it asks a person needs it. */
export function pastReader(db: Database.Database): (finding: Finding) => boolean {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)

  return ({ object, key, run: id, nearest }) => {
    if (id === null || nearest === null || !isLeftBehind(object)) return false
    const past = ifWhole(() => {
      const run = runs.byId(id)
      if (run === undefined || run.record.status === 'quarantined' || nearest !== run.ledger.checkpoints - 1) return false
      const pending = rowsOf(run).decisions.filter(({ status }) => status === 'pending')
      const asked = pending.flatMap(({ shown, edits, edit }) => [shown, edits?.of ?? null, edit])
      return !asked.some((address) => address !== null && key.endsWith(`/${address}`))
    })
    return past === true
  }
}
