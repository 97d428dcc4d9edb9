/**
 * Going back, done and rehearsed: both take the same turn, and a rehearsal keeps nothing of it (law 8).
 */
import { Conflict, NotFound, Refused } from '../../model/control-errors.ts'
import type { Preview } from '../../model/preview.ts'
import { howTrimmed } from '../../model/retention.ts'
import type { RunRecord } from '../../model/run.ts'
import type { RestoreRequest } from '../control.ts'
import type { Destination } from '../planner/migration.ts'
import type { Kin } from '../planner/kin.ts'
import { preview } from '../planner/preview.ts'
import type { Moment, Storage } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import type { Claims } from '../turn/claims.ts'
import { conclude } from '../turn/conclude.ts'
import { restore } from '../turn/restore.ts'
import { Turn } from '../turn/turn.ts'
import type { Looking } from './looking.ts'
import { assertNotTouched, noSuchRun } from './seen.ts'

type Asked = Pick<RestoreRequest, 'run' | 'checkpoint'>
type Sending = Pick<RestoreRequest, 'run' | 'seen' | 'actor' | 'reason' | 'revision'>

/** @throws NotFound, CorruptionFound */
export function momentOf(storage: Storage, { run, checkpoint }: Asked): Moment {
  const moment = storage.moment(run, checkpoint)
  if (moment !== undefined) return moment
  if (storage.load(run) === undefined) throw noSuchRun(run)
  throw new NotFound('checkpoint', `${run}/${checkpoint}`, whyNoMoment(storage, { run, checkpoint }))
}

/** Why a run has no such checkpoint, or where to look which it has. @throws CorruptionFound */
export function whyNoMoment(storage: Storage, { run, checkpoint }: Asked): string {
  return howTrimmed(storage.trimmed(run), checkpoint) ?? 'list the checkpoints of the run to see which there are'
}

/** A child is restored through its parent, which alone knows what it was begun with. @throws Refused */
export function assertRestorable({ id, parent }: RunRecord): void {
  if (parent === null) return
  const message = `run ${id} is a child of run ${parent.run}, begun by its step ${parent.step}: a child is restored through its parent`
  const wayOut = `send run ${parent.run} back to a checkpoint before ${parent.step}: it begins another child then`
  throw new Refused(message, [{ class: 'validation', name: 'Refused', path: 'run', message, wayOut }])
}

/** If the run still is where it was seen, and goes on with what was told. @throws Conflict, Refused */
export function goBack(turn: Turn, destination: Destination, request: Sending): void {
  assertNotTouched(turn.state, request)
  assertSameBranch(turn.state, destination)
  if (request.revision !== null && request.revision !== destination.pinned.revision) {
    throw new Conflict(`run ${request.run} would go on with another revision than was told: look again`, turn.state.record)
  }
  restore(turn, destination, request.reason)
}

/** What going back would lead to now. @throws Conflict where it cannot be done now, Refused */
export function rehearse(state: RunState, ports: Looking, destination: Destination, claims: Claims, kin: Kin): Preview {
  assertSameBranch(state, destination)
  const turn = new Turn(state.copy(), ports.clock.now(), ports, false, claims)
  const sentBack = restore(turn, destination, null)
  conclude(turn)
  return preview(state, destination.moment, { state: turn.state, events: turn.events, ...sentBack }, kin)
}

/** What was read of the branch that the run was on stays true only as long as it is on it. @throws Conflict */
export function assertSameBranch({ record }: RunState, { moment }: Destination): void {
  if (record.branch === moment.record.branch) return
  throw new Conflict(`somebody else has just sent run ${record.id} back: look again`, record)
}
