import { close, continueClosing } from './close.ts'
import { advanceAll } from './advance.ts'
import { continueChecking } from './doubt.ts'
import { giveGrace } from './give-grace.ts'
import { takePlaceAgain } from './place-again.ts'
import { admit } from './take-place.ts'
import { timersFired } from './timer-fired.ts'
import type { Turn } from './turn.ts'

/** No attempt starts any more; what is under way may end. Pausing twice changes nothing. `held`: since the parent is paused. */
export function pause(turn: Turn, held = false): void {
  if (!turn.state.record.paused) turn.emit({ type: 'run_paused', ...(held && { held }) })
}

/** Goes on where the run stands, with what came due meanwhile first. */
export function resume(turn: Turn): void {
  if (!turn.state.record.paused) return
  turn.emit({ type: 'run_resumed' })
  timersFired(turn)
  admit(turn)
  advanceAll(turn)
  continueChecking(turn)
  continueClosing(turn)
}

/**
 * Cancels, compensating what was completed. A paused run is resumed for that, and one in quarantine let out of it. Of one that is
 * being brought to its end already, what is under way is waited for no longer than its grace. `held`: since the parent is paused, nothing is
 * compensated before that goes on.
 */
export function cancel(turn: Turn, reason: string | null, held = false): void {
  if (turn.state.record.status === 'quarantined') {
    turn.emit({ type: 'run_moved', to: 'compensating', waiting: null })
    takePlaceAgain(turn)
  }
  if (turn.state.record.paused) turn.emit({ type: 'run_resumed' })
  if (held) pause(turn, true)
  close(turn, {
    outcome: 'cancelled',
    failure: reason === null ? null : { class: 'rejected', name: 'Cancelled', message: reason },
  })
  continueChecking(turn)
  giveGrace(turn)
}
