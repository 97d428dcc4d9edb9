import { openDecision } from '../turn/open-decision.ts'
import { offer } from './offer.ts'
import { situationOf } from './situation.ts'
import type { Strategy } from './strategy.ts'

/**
 * The run is queued for later: what has completed stays as it is, nobody is called, and it stands in the dead-letter queue with its
 * error until a person drains or discards it. What goes on beside the step goes on.
 */
export const deadLetter: Strategy = {
  isLast: true,
  plan({ state, queue: { letters, most } }) {
    const held = Object.keys(state.record.holds ?? {})
    if (held.length > 0) return { not: `its run holds ${held.join(' and ')} meanwhile, which others could not have` }
    if (letters >= most) return { not: `the dead-letter queue holds ${letters}, and may hold ${most} (dead_letters.most): drain or discard some of them` }
    return { why: 'it is queued for later, and what has completed stays as it is', until: null, to: null }
  },
  carryOut(turn, record, failure) {
    const { step, iteration } = record
    const offered = offer(situationOf(turn, record, failure), 'dead_letter')
    turn.emit({ type: 'step_waiting', step, iteration, for: 'dead_letter', until: null, failure })
    openDecision(turn, record, { kind: 'dead_letter', ...offered, shown: null, edits: null, failure, deadline: null })
  },
}
