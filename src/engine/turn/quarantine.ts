import type { Failure } from '../../model/failure.ts'
import { isEnded } from '../../model/status.ts'
import type { AttemptRecord } from '../../model/step.ts'
import type { CorruptionFound } from '../../model/storage-errors.ts'
import { advanceAll } from './advance.ts'
import { interrupt } from './attempt-ended.ts'
import { continueClosing } from './close.ts'
import { continueChecking } from './doubt.ts'
import { takePlaceAgain } from './take-place.ts'
import { tellRecovery, tellRunFailure } from './tell-error.ts'
import { timersFired } from './timer-fired.ts'
import type { Turn } from './turn.ts'

/**
 * The run's state cannot be trusted: nothing of it starts until a person has looked. What is under way may end, and is
 * kept. `unread` is an attempt that could not be given to an executor, since what it needs is corrupt.
 */
export function quarantine(turn: Turn, error: CorruptionFound, unread: AttemptRecord | undefined): void {
  if (isEnded(turn.state.record.status)) return
  const failure: Failure = {
    class: 'corruption',
    name: error.name,
    message: error.message,
    wayOut: wayOut(error.nearest),
  }
  setAside(turn, failure)
  const live = unread === undefined ? undefined : turn.state.attempt(unread)
  if (live !== undefined) interrupt(turn, live, failure)
}

/** Nothing of the run starts until what it is set aside for is over. */
export function setAside(turn: Turn, failure: Failure): void {
  const { status } = turn.state.record
  if (isEnded(status) || status === 'quarantined') return
  turn.emit({ type: 'run_quarantined', failure })
  tellRunFailure(turn, failure, null, [])
  tellRecovery(turn, null, 'run', { strategy: 'ask', why: 'nothing of it starts until a person has looked' })
}

/** What it was set aside for is mended: the run goes on where it stood, with what came due meanwhile first. */
export function release(turn: Turn): void {
  if (turn.state.record.status !== 'quarantined') return
  turn.emit({ type: 'run_released' })
  takePlaceAgain(turn)
  timersFired(turn)
  advanceAll(turn)
  continueChecking(turn)
  continueClosing(turn)
}

function wayOut(nearest: number | null | undefined): string {
  const others = 'cancel the run, or bring back a backup of the store from before'
  return typeof nearest === 'number' ? `go back to checkpoint ${nearest}, ${others}` : others
}
