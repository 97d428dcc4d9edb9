import type { Failure } from '../../model/failure.ts'
import { backup, isLeftBehind, wayBack } from '../../model/integrity.ts'
import { isEnded } from '../../model/status.ts'
import type { AttemptRecord } from '../../model/step.ts'
import type { CorruptionFound } from '../../model/storage-errors.ts'
import type { ChildWish } from '../planner/child-wish.ts'
import { askAbout, tellRemedy } from '../recovery/damage.ts'
import { advanceAll } from './advance.ts'
import { interrupt } from './attempt-ended.ts'
import { heed } from './child.ts'
import { continueClosing } from './close.ts'
import { continueChecking } from './doubt.ts'
import { takePlaceAgain } from './place-again.ts'
import { tellRecovery, tellRunFailure } from './tell-error.ts'
import { timersFired } from './timer-fired.ts'
import type { Turn } from './turn.ts'

/**
 * The run's state cannot be trusted: nothing of it starts until a person has looked, or it has gone back by itself where policy has it do
 * so, in a turn of its own. What is under way may end, and is kept. `unread` is an attempt that could not be given to an executor, since what it needs is corrupt.
 */
export function quarantine(turn: Turn, error: CorruptionFound, unread: AttemptRecord | undefined): void {
  if (isEnded(turn.state.record.status)) return
  const failure = failureOf(error, ['cancel the run', backup])
  setAside(turn, failure, (failed) => (isLeftBehind(error) ? tellRemedy(turn, failed) : askAbout(turn)))
  const live = unread === undefined ? undefined : turn.state.attempt(unread)
  if (live !== undefined) interrupt(turn, live, failure)
}

/** A run that has ended stays as it is: that something of it is damaged is on record, until it is mended or the run is sent back. */
export function tellDamage(turn: Turn, error: CorruptionFound): void {
  if (!isEnded(turn.state.record.status)) return
  tellRunFailure(turn, failureOf(error, [backup]), null, [])
  tellRecovery(turn, null, 'run', { strategy: 'ask', why: 'it has ended: what is damaged of it is used by nobody, and mended by a person' })
}

/** Nothing of the run starts until what it is set aside for is over. `remedy` tells what is done about it; left out, a person is asked. */
export function setAside(turn: Turn, failure: Failure, remedy: (failure: Failure) => void = () => askAbout(turn)): void {
  const { status } = turn.state.record
  if (isEnded(status) || status === 'quarantined') return
  turn.emit({ type: 'run_quarantined', failure })
  tellRunFailure(turn, failure, null, [])
  remedy(failure)
}

/**
 * What was damaged of it is mended. One that was set aside for it goes on where it stood, with what came due meanwhile first; a child as
 * its parent wants by now, of which it has heard nothing until then.
 */
export function release(turn: Turn, wish: ChildWish | null): void {
  const { status } = turn.state.record
  if (isEnded(status)) {
    const error = turn.state.errorOf(null, 'run')
    if (error !== undefined) turn.emit({ type: 'error_closed', id: error.id, status: 'recovered' })
    return
  }
  if (status !== 'quarantined') return
  turn.emit({ type: 'run_released' })
  takePlaceAgain(turn)
  if (wish !== null) heed(turn, wish)
  timersFired(turn)
  advanceAll(turn)
  continueChecking(turn)
  continueClosing(turn)
}

/** `ways` are what can be done beside going back. */
function failureOf({ name, message, object, nearest }: CorruptionFound, ways: readonly string[]): Failure {
  const goBack = typeof nearest === 'number' && wayBack({ object }, nearest)
  const all = goBack ? [goBack, ...ways] : ways
  return { class: 'corruption', name, message, wayOut: [...all.slice(0, -2), all.slice(-2).join(', or ')].join(', ') }
}
