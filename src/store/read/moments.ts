import type Database from 'better-sqlite3'
import type { Moment } from '../../engine/ports.ts'
import type { RunId } from '../../model/ids.ts'
import { definitionsOf, pinnedOn } from './branches.ts'
import { passReader } from './passes.ts'
import { runRowsReader } from './run-rows.ts'
import { runStateReader } from './run-state.ts'
import { runReader } from './runs.ts'

/** Reads a checkpoint as a run goes back to it, every value of its state checked. The answer throws CorruptionFound. */
export function momentReader(db: Database.Database): (run: RunId, checkpoint: number) => Moment | undefined {
  const runs = runReader(db)
  const states = runStateReader(db)
  const rowsOf = runRowsReader(db)
  const passesOf = passReader(db)

  return (id, number) => {
    const run = runs.byId(id)
    const found = run && states.checked(run, number)
    if (run === undefined || found === undefined) return undefined
    const { checkpoint, state } = found
    const rows = rowsOf(run)
    const there = passesOf(run, rows).on(checkpoint.branch)
    const takenBack = rows.steps.filter(({ branch, compensation }) => branch !== checkpoint.branch && compensation === 'done')
    const pinned = pinnedOn(run, rows.branches, checkpoint.branch)
    return { checkpoint, state, record: run.record, pinned, definitions: definitionsOf(run, rows.branches), steps: [...there, ...takenBack] }
  }
}
