import { engineActor } from '../../model/actor.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Turn } from './turn.ts'

/** Takes back questions that no longer matter. Whether an effect happened always matters. */
export function withdrawDecisions(turn: Turn, which: (decision: DecisionRecord) => boolean): void {
  for (const decision of [...turn.state.decisions()]) {
    if (decision.kind !== 'in_doubt' && which(decision)) withdraw(turn, decision)
  }
}

/** Takes back every question, also whether an effect happened: the branch on which that mattered is left. */
export function withdrawAll(turn: Turn): void {
  for (const decision of [...turn.state.decisions()]) withdraw(turn, decision)
}

/** The step has done its work, and waited to be told where the run goes: as the run goes elsewhere, that stands. */
export function settleLoops(turn: Turn, which: (decision: DecisionRecord) => boolean): void {
  for (const decision of [...turn.state.decisions()]) {
    const { kind, step, iteration, shown } = decision
    if (kind !== 'loop' || shown === null || !which(decision)) continue
    withdraw(turn, decision)
    turn.emit({ type: 'step_completed', step, iteration, output: shown, via: null })
  }
}

function withdraw(turn: Turn, { id }: DecisionRecord): void {
  turn.emit({ type: 'decision_closed', id, status: 'withdrawn', action: null, note: null, edit: null, actor: engineActor })
}
