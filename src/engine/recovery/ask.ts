import { openDecision } from '../turn/open-decision.ts'
import { offer } from './offer.ts'
import { situationOf } from './situation.ts'
import type { Strategy } from './strategy.ts'
import { whyAsked } from './why-asked.ts'

/** A person decides, where the step's definition or the workspace wants that. */
export const ask: Strategy = {
  isLast: true,
  plan({ state, record, failure, intervention }) {
    const why = whyAsked(state.manifest(record.step), intervention, failure)
    if (why === undefined) return { not: 'its definition does not have a person asked' }
    return { why, until: null, to: null }
  },
  carryOut(turn, record, failure) {
    const { step, iteration } = record
    const situation = situationOf(turn, record, failure)
    const { deadline, at_deadline: atDeadline } = situation.intervention
    const limit = deadline === null ? { deadline } : { deadline: turn.now + deadline, atDeadline }
    const offered = offer(situation, 'recovery')
    turn.emit({ type: 'step_waiting', step, iteration, for: 'decision', until: null, failure })
    openDecision(turn, record, { kind: 'recovery', ...offered, shown: null, edits: null, failure, ...limit })
  },
}
