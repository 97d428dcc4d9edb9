/**
 * Outputs that a person gives in the place of one that a step would answer: of an effect that happened without the run
 * having heard of it, or edited before a replay. Both are held against the step's own schema.
 */
import { Refused } from '../../model/control-errors.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { RunRecord } from '../../model/run.ts'
import type { Execution } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'

/** Whether the answer completes a step, whose output then has to come with it. A compensation has none. */
export function vouches(state: RunState, decision: DecisionRecord, action: string): boolean {
  return decision.kind !== 'approval' && action === 'happened' && state.pass(decision).status !== 'completed'
}

/** The output as the step's schema makes it. @throws Refused, Unavailable */
export async function vouchedFor(
  execution: Execution,
  { revision, correlation }: Pick<RunRecord, 'revision' | 'correlation'>,
  { step, output }: { readonly step: StepId; readonly output: Json },
): Promise<Json> {
  const answer = await execution.ask(revision, correlation, { type: 'vouch', step, output })
  if (answer.type === 'refused') throw new Refused(`the output of ${step} does not do`, answer.failures)
  if (answer.type !== 'vouched') throw new Error(`an executor answered ${answer.type} to vouch`)
  return answer.output
}
