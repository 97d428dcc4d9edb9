import { openDecision, recoveryActions } from '../turn/open-decision.ts'
import type { Strategy } from './strategy.ts'

/** A person decides, where the step's definition wants that. */
export const ask: Strategy = {
  isLast: true,
  plan({ state, record }) {
    if (state.manifest(record.step).onFailure !== 'ask') return { not: 'its definition does not have a person asked' }
    return { why: 'its definition has a person asked', until: null, to: null }
  },
  carryOut(turn, record, failure) {
    const { step, iteration } = record
    turn.emit({ type: 'step_waiting', step, iteration, for: 'decision', until: null, failure })
    openDecision(turn, record, { kind: 'recovery', actions: [...recoveryActions], shown: null, edits: null, failure, deadline: null })
  },
}
