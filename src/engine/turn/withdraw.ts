import { engineActor } from '../../model/actor.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Turn } from './turn.ts'

/** Takes back questions that no longer matter. Whether an effect happened always matters. */
export function withdrawDecisions(turn: Turn, which: (decision: DecisionRecord) => boolean): void {
  for (const decision of [...turn.state.decisions()]) {
    if (decision.kind === 'in_doubt' || !which(decision)) continue
    turn.emit({
      type: 'decision_closed',
      id: decision.id,
      status: 'withdrawn',
      action: null,
      note: null,
      edit: null,
      actor: engineActor,
    })
  }
}
