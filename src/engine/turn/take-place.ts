import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import { advanceAll } from './advance.ts'
import { holdsBack } from './holds-back.ts'
import { startAttempt } from './start-attempt.ts'
import type { Turn } from './turn.ts'

/** A run that begins, or begins anew after its end, is queued where as many go on as may at once. @throws Busy */
export function takePlace(turn: Turn): void {
  if (!turn.state.record.admitted || turn.claims.admits(turn)) return
  turn.claims.assertRoom(turn)
  turn.emit({ type: 'run_queued' })
}

/** A queued run begins, where it may by now. */
export function admit(turn: Turn): void {
  const { admitted, paused, closing, status } = turn.state.record
  const mayBegin = !admitted && !paused && closing === null && status !== 'quarantined' && !isEnded(status)
  if (mayBegin && !turn.holds && turn.claims.admits(turn)) turn.emit({ type: 'run_admitted' })
}

/** Something that the run waits for was granted to it: what can start by that does. */
export function takeGranted(turn: Turn): void {
  const { paused, status } = turn.state.record
  if (turn.holds || paused || status === 'quarantined' || isEnded(status)) return
  admit(turn)
  if (turn.events.length > 0) advanceAll(turn)
  for (const record of [...turn.state.underWay()]) {
    if (record.waiting?.for !== 'resource') continue
    if (record.status === 'completed') startAttempt(turn, record, 'compensate')
    else if (!isHeldBack(turn, record)) startAttempt(turn, record, 'run')
  }
}

/** Since it began to wait, the breaker may have opened of what the step reaches. */
function isHeldBack(turn: Turn, record: StepRecord): boolean {
  const { dependency } = turn.state.manifest(record.step)
  return dependency !== null && holdsBack(turn, record, dependency)
}
