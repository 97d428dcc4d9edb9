import { Conflict, NotFound, Refused } from '../../model/control-errors.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { RunId } from '../../model/ids.ts'
import { howRemoved } from '../../model/retention.ts'
import { isEnded } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Act, DecideRequest } from '../control.ts'
import type { Storage } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { vouches } from './vouching.ts'

/**
 * A person acts on what they saw. Progress of the run's own does not stand in the way; another person's action does,
 * and so does the run's end.
 * @throws Conflict
 */
export function assertSeen(state: RunState, act: Act): void {
  const { record } = state
  if (isEnded(record.status)) throw new Conflict(`run ${record.id} has ended: ${record.status}`, record)
  assertNotTouched(state, act)
}

/** What moves an ended run too. @throws Conflict where another person acted since */
export function assertNotTouched({ record }: RunState, { seen }: Act): void {
  if (seen !== null && record.touched > seen) {
    throw new Conflict(`somebody else acted on run ${record.id} since version ${seen}: look again`, record)
  }
}

/** What cannot be trusted can be cancelled, and nothing else. @throws Conflict */
export function assertTrusted({ record }: RunState): void {
  if (record.status === 'quarantined') {
    throw new Conflict(`run ${record.id} is in quarantine: ${record.failure?.message ?? 'its state is corrupt'}`, record)
  }
}

/** A child that was paused with its parent goes on with it. @throws Conflict */
export function assertNotHeld({ record }: RunState): void {
  if (record.parent?.held === true) {
    throw new Conflict(`run ${record.id} is a child of run ${record.parent.run}, which is paused: resume that one`, record)
  }
}

/** @throws Conflict where it is no longer pending, Refused where it has no such action */
export function openDecisionOf(state: RunState, request: DecideRequest): DecisionRecord {
  const decision = state.decision(request.decision)
  if (decision === undefined) {
    throw new Conflict(`decision ${request.decision} is not pending any more: look again`, state.record)
  }
  const names = decision.actions.map(({ name }) => name)
  if (!names.includes(request.action)) throw refusal('action', `${request.action} is no answer to ${decision.step}`, names)
  if (request.edit === null && vouches(state, decision, request.action)) {
    throw refusal('edit', 'the output that the step would have answered is missing', ['give the output as JSON'])
  }
  if (wantsReason(state, decision, request.action) && (request.reason ?? '').trim() === '') {
    throw refusal('reason', `${whatEnds(state, decision)}, and why is missing`, ['say why in a note'])
  }
  return decision
}

/**
 * What a step did outside stays, though the run ends as if it had not been done; or a run is given up that was queued for later:
 * whoever says so says why.
 */
export function wantsReason(state: RunState, decision: DecisionRecord, action: string): boolean {
  if (decision.kind === 'dead_letter') return action === 'discard'
  return decision.kind === 'recovery' && action === 'skip' && state.pass(decision).status === 'completed'
}

function whatEnds({ record }: RunState, { kind, step }: DecisionRecord): string {
  return kind === 'dead_letter' ? `run ${record.id} is discarded` : `what ${step} did is left to stand`
}

function refusal(path: string, message: string, ways: readonly string[]): Refused {
  return new Refused(message, [
    { class: 'validation', name: 'Refused', path, message, wayOut: `use one of: ${ways.join(', ')}` },
  ])
}

/** @throws NotFound */
export function noSuchRun(run: string): NotFound {
  return new NotFound('run', run, 'list the runs to see which there are')
}

/** Why a run that was there is not found any more. */
export function lostRun(storage: Pick<Storage, 'removed'>, run: RunId): NotFound | CorruptionFound {
  const removed = storage.removed(run)
  return removed === undefined ? new CorruptionFound('run', run, 'it is not found by its id') : new NotFound('run', run, howRemoved(removed), removed)
}
