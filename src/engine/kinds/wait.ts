import type { Millis } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import { startAttempt } from '../turn/start-attempt.ts'
import type { Turn } from '../turn/turn.ts'
import type { KindBehaviour } from './kind.ts'

/** A length of time. A fixed one without a condition needs no executor. */
export const wait: KindBehaviour<'wait'> = {
  begin: (turn, manifest, record) => {
    if (manifest.duration === null || manifest.conditional) startAttempt(turn, record, 'run')
    else waitFor(turn, record, manifest.duration)
  },
  wait: (turn, _manifest, record, prepared) => {
    if (prepared.type !== 'waits') return false
    waitFor(turn, record, prepared.duration)
    return true
  },
}

function waitFor(turn: Turn, { step, iteration }: StepRecord, duration: Millis): void {
  turn.emit({ type: 'step_waiting', step, iteration, for: 'timer', until: turn.now + duration, failure: null })
}
