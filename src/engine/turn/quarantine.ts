import type { Failure } from '../../model/failure.ts'
import { isEnded } from '../../model/status.ts'
import type { AttemptRecord } from '../../model/step.ts'
import type { CorruptionFound } from '../../model/storage-errors.ts'
import { askAbout, tellRemedy } from '../recovery/damage.ts'
import { advanceAll } from './advance.ts'
import { interrupt } from './attempt-ended.ts'
import { continueClosing } from './close.ts'
import { continueChecking } from './doubt.ts'
import { takePlaceAgain } from './place-again.ts'
import { tellRunFailure } from './tell-error.ts'
import { timersFired } from './timer-fired.ts'
import type { Turn } from './turn.ts'

/**
 * The run's state cannot be trusted: nothing of it starts until a person has looked, or it has gone back by itself where policy has it do
 * so, in a turn of its own. What is under way may end, and is kept. `unread` is an attempt that could not be given to an executor, since what it needs is corrupt.
 */
export function quarantine(turn: Turn, error: CorruptionFound, unread: AttemptRecord | undefined): void {
  if (isEnded(turn.state.record.status)) return
  const failure: Failure = {
    class: 'corruption',
    name: error.name,
    message: error.message,
    wayOut: wayOut(error.nearest),
  }
  setAside(turn, failure, (failed) => tellRemedy(turn, failed))
  const live = unread === undefined ? undefined : turn.state.attempt(unread)
  if (live !== undefined) interrupt(turn, live, failure)
}

/** Nothing of the run starts until what it is set aside for is over. `remedy` tells what is done about it; left out, a person is asked. */
export function setAside(turn: Turn, failure: Failure, remedy: (failure: Failure) => void = () => askAbout(turn)): void {
  const { status } = turn.state.record
  if (isEnded(status) || status === 'quarantined') return
  turn.emit({ type: 'run_quarantined', failure })
  tellRunFailure(turn, failure, null, [])
  remedy(failure)
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
