import type { DecisionRecord } from '../../model/decision.ts'
import type { DecisionStatus } from '../../model/status.ts'
import { isOutputSensitive } from '../planner/maker.ts'
import type { Turn } from './turn.ts'
import type { Verdict } from './verdict.ts'

/** The decision ends with what the person said, and what they changed or vouch for is kept. */
export function closeDecision(
  turn: Turn,
  { id, edits, step }: DecisionRecord,
  { action, note, by, edit }: Verdict,
  status: Exclude<DecisionStatus, 'pending'>,
): void {
  const sensitive = edits === null ? turn.state.manifest(step).sensitive : isOutputSensitive(turn.state, edits.target.step)
  const kept = edit === null ? null : turn.keep(edit, sensitive)
  turn.emit({ type: 'decision_closed', id, status, action, note, edit: kept, actor: by })
}
