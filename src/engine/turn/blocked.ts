import type { Failure } from '../../model/failure.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import { waitsForChild } from '../planner/child-wish.ts'
import { heldBy } from '../planner/holds.ts'
import type { Pass } from '../state/run-state.ts'
import { compensationFailed, continueClosing } from './close.ts'
import { fail } from './fail.ts'
import { tellFailure, tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** What the pass waits for never comes: runs wait for one another, or there is less of it than it wants. */
export function blocked(turn: Turn, { step, iteration }: Pass, failure: Failure): void {
  const record = turn.state.iterations(step)[iteration - 1]
  const { paused, status, closing } = turn.state.record
  if (turn.holds || paused || status === 'quarantined' || isEnded(status)) return
  if (record === undefined || (record.waiting?.for !== 'resource' && !waitsForChild(record))) return
  if (closing === null) return fail(turn, record, failure)
  if (failure.deadlock !== undefined && heldBy(turn.state).length > 0) endWithout(turn, record, failure)
  else if (record.status === 'completed') compensationFailed(turn, record, failure)
  continueClosing(turn)
}

/** A run that is ending loses no work by letting go: what undoes a step takes what that held, once there is enough of it. */
function endWithout(turn: Turn, record: StepRecord, failure: Failure): void {
  const phase = record.status === 'completed' ? 'compensate' : 'run'
  tellFailure(turn, record, phase, failure)
  tellRecovery(turn, record, phase, { strategy: 'give_way', why: 'it lets go of what the others wait for, and undoes the rest once there is enough' })
  turn.emit({ type: 'resources_released', names: heldBy(turn.state).map(({ name }) => name), why: 'gave_way' })
}
