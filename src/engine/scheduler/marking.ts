/** What a person leaves on a run that changes nothing of where it stands: a moment to find again, a branch's name, that it is kept, and that what it has recovered by itself is forgotten. */
import { NotFound, Refused } from '../../model/control-errors.ts'
import { isEnded } from '../../model/status.ts'
import type { Act, KeepRequest, NameBranchRequest, ResetRecoveriesRequest } from '../control.ts'
import type { Turn } from '../turn/turn.ts'
import { assertNotTouched, assertTrusted } from './seen.ts'

/** @throws Conflict, and Refused where the run has ended: its newest checkpoint is how it ended */
export function mark(turn: Turn, act: Act): void {
  const { state } = turn
  const { id, status, head } = state.record
  assertNotTouched(state, act)
  assertTrusted(state)
  if (isEnded(status)) {
    const message = `run ${id} has ended: ${status}`
    const wayOut = `checkpoint ${head} is how it ended: look at it there, or go back to it`
    throw new Refused(message, [{ class: 'validation', name: 'RunEnded', path: 'run', message, wayOut }])
  }
  turn.checkpoint('manual', null, act.reason)
}

/** @throws NotFound */
export function nameBranch(turn: Turn, { run, branch, name }: NameBranchRequest): void {
  const newest = turn.state.record.branch
  if (branch > newest) throw new NotFound('branch', `${run}/${branch}`, `the newest branch of the run is ${newest}`)
  turn.emit({ type: 'branch_named', branch, name })
  turn.named = { branch, name }
}

/** What is so already stays as it is, with who wished it and why. */
export function keep(turn: Turn, { keep: isKept, actor, reason }: KeepRequest): void {
  if (isKept === (turn.state.record.kept !== null)) return
  if (isKept) turn.emit({ type: 'run_kept', by: actor, why: reason })
  else turn.emit({ type: 'run_unkept', why: reason })
}

/** Where nothing has counted, nothing is reset. */
export function resetRecoveries(turn: Turn, { reason }: ResetRecoveriesRequest): void {
  const { recoveries, sentBack } = turn.state.record
  if (recoveries + sentBack > 0) turn.emit({ type: 'recoveries_reset', why: reason })
}
