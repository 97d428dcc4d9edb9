import type { Failure } from '../../model/failure.ts'
import { isEnded } from '../../model/status.ts'
import type { AttemptRecord } from '../../model/step.ts'
import { advanceAll } from './advance.ts'
import { interrupt } from './attempt-ended.ts'
import { continueClosing } from './close.ts'
import { continueChecking, putInDoubt } from './doubt.ts'
import { isInsideUnsafeEffect } from './end-attempt.ts'
import { timersFired } from './timer-fired.ts'
import { takePlaceAgain } from './place-again.ts'
import { admit } from './take-place.ts'
import type { Turn } from './turn.ts'

const hostGone: Failure = {
  class: 'crash',
  name: 'HostGone',
  message: 'the host ended while the attempt was under way',
}

/**
 * Takes up a run that an earlier host left unfinished: attempts that were under way then are cut off, and everything goes
 * on from the last commit; of a run in quarantine, nothing does. Recovering twice equals once.
 */
export function recover(turn: Turn, underWay: readonly AttemptRecord[]): void {
  if (isEnded(turn.state.record.status)) return
  turn.emit({ type: 'run_recovered', lastSeen: turn.state.record.updatedAt })
  for (const each of underWay) {
    const attempt = turn.state.attempt(each)
    if (attempt === undefined) continue
    if (isInsideUnsafeEffect(turn.state, attempt)) putInDoubt(turn, attempt, hostGone)
    else interrupt(turn, attempt, hostGone)
  }
  timersFired(turn)
  advanceAll(turn)
  continueChecking(turn)
  continueClosing(turn)
}

/** The same of a run that could not be taken up with the others: these may have its place among those that go on by now. */
export function recoverLate(turn: Turn, underWay: readonly AttemptRecord[]): void {
  const { status } = turn.state.record
  if (!isEnded(status) && status !== 'quarantined') takePlaceAgain(turn)
  admit(turn)
  recover(turn, underWay)
}
