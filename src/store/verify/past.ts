import type Database from 'better-sqlite3'
import type { RunId } from '../../model/ids.ts'
import { type Finding, isLeftBehind } from '../../model/integrity.ts'
import { ifWhole } from '../read/if-whole.ts'
import { runRowsReader } from '../read/run-rows.ts'
import { runStateReader } from '../read/run-state.ts'
import { runReader } from '../read/runs.ts'
import { neededReader } from '../retention/needed.ts'

/** Where a run stands that has all it needs. */
interface Standing {
  readonly newest: number
  /** Values that what it asks a person shows, or is about. */
  readonly asked: readonly string[]
}

/**
 * Whether the run of a finding has gone on without what is damaged: its newest checkpoint is whole, so is each that it may still go back to,
 * and nothing that it asks a person needs it.
 */
export function pastReader(db: Database.Database): (finding: Finding) => boolean {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)
  const neededBy = neededReader(db)
  const states = runStateReader(db)
  const known = new Map<RunId, Standing | undefined>()

  /** @throws CorruptionFound where something that it needs is damaged */
  const read = (id: RunId): Standing | undefined => {
    const run = runs.byId(id)
    if (run === undefined) return undefined
    const rows = rowsOf(run)
    for (const checkpoint of new Set(neededBy(run, rows))) states.checked(run, checkpoint)
    const pending = rows.decisions.filter(({ status }) => status === 'pending')
    const asked = pending.flatMap(({ shown, edits, edit }) => [shown, edits?.of ?? null, edit])
    return { newest: run.ledger.checkpoints - 1, asked: asked.filter((address) => address !== null) }
  }
  const standing = (id: RunId): Standing | undefined => {
    if (!known.has(id)) known.set(id, ifWhole(() => read(id)))
    return known.get(id)
  }

  return (finding) => {
    const { key, run, nearest } = finding
    if (run === null || nearest === null || !isLeftBehind(finding)) return false
    const stands = standing(run)
    return nearest === stands?.newest && !stands.asked.some((address) => key.endsWith(`/${address}`))
  }
}
