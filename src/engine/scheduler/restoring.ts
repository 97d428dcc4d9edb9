/**
 * Going back, done and rehearsed: both take the same turn, and a rehearsal keeps nothing of it (law 8).
 */
import { NotFound } from '../../model/control-errors.ts'
import type { Preview } from '../../model/preview.ts'
import type { RestoreRequest } from '../control.ts'
import { preview } from '../planner/preview.ts'
import type { Moment, Ports, Storage } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { conclude } from '../turn/conclude.ts'
import { restore } from '../turn/restore.ts'
import { Turn } from '../turn/turn.ts'
import { assertNotTouched, noSuchRun } from './seen.ts'

type Asked = Pick<RestoreRequest, 'run' | 'checkpoint'>

/** @throws NotFound, CorruptionFound */
export function momentOf(storage: Storage, { run, checkpoint }: Asked): Moment {
  const moment = storage.moment(run, checkpoint)
  if (moment !== undefined) return moment
  if (storage.load(run) === undefined) throw noSuchRun(run)
  throw new NotFound('checkpoint', `${run}/${checkpoint}`, 'list the checkpoints of the run to see which there are')
}

/** If the run still is where it was seen. @throws Conflict */
export function goBack(turn: Turn, moment: Moment, request: RestoreRequest): void {
  assertNotTouched(turn.state, request)
  restore(turn, moment, request.reason)
}

/** What going back would lead to now. @throws Conflict where it cannot be done now */
export function rehearse(state: RunState, ports: Ports, moment: Moment): Preview {
  const turn = new Turn(state.copy(), ports.clock.now(), ports, false)
  const undone = restore(turn, moment, null)
  conclude(turn)
  return preview(state, moment, { state: turn.state, events: turn.events, undone })
}
