import type Database from 'better-sqlite3'
import type { RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { StateMap } from '../format/delta.ts'
import { runRowsChecker } from './run-rows.ts'
import { runStateReader } from './run-state.ts'
import { runReader } from './runs.ts'

/**
 * Checks a run that has just gone back to a state, as it is stored now: all its rows, the checkpoint that it is at and the state
 * there. Values of the state that it went back to were checked before. It throws CorruptionFound.
 */
export function returnedRunChecker(db: Database.Database): (run: RunId, to: StateMap) => void {
  const runs = runReader(db)
  const states = runStateReader(db)
  const checkRows = runRowsChecker(db)

  return (id, to) => {
    const run = runs.byId(id)
    if (run === undefined) throw new CorruptionFound('run', id, 'it is not there any more')
    checkRows(run)
    states.checked(run, run.record.head, to)
  }
}
