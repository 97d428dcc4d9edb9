import { isEnded } from '../../model/status.ts'
import { advanceAll } from './advance.ts'
import { startAttempt } from './start-attempt.ts'
import type { Turn } from './turn.ts'

/** A run that begins, or begins anew after its end, is queued where as many go on as may at once. @throws Busy */
export function takePlace(turn: Turn): void {
  if (!turn.state.record.admitted || turn.claims.admits(turn)) return
  turn.claims.assertRoom(turn)
  turn.emit({ type: 'run_queued' })
}

/** The same of a run that went on before, and goes on again: it is queued whatever is, unless it holds what others may wait for. */
export function takePlaceAgain(turn: Turn): void {
  const { admitted, holds } = turn.state.record
  if (admitted && holds === null && !turn.claims.admits(turn)) turn.emit({ type: 'run_queued' })
}

/** The same of a run that stood in the dead-letter queue: it had given its place away. */
export function takePlaceBack(turn: Turn): void {
  if (turn.state.record.waiting === 'dead_letter') takePlaceAgain(turn)
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
    if (record.waiting?.for === 'resource') startAttempt(turn, record, record.status === 'completed' ? 'compensate' : 'run')
  }
}
