/**
 * Values that a person gives: the output of an effect that happened without the run having heard of it, or an input or output edited before
 * a replay. They are held against the schema of the step, or of the input.
 */
import { Refused } from '../../model/control-errors.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Json } from '../../model/json.ts'
import type { RunRecord } from '../../model/run.ts'
import type { Execution, Question } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'

/** Whether the answer completes a step, whose output then has to come with it. A compensation has none. */
export function vouches(state: RunState, decision: DecisionRecord, action: string): boolean {
  return decision.kind !== 'approval' && action === 'happened' && state.pass(decision).status !== 'completed'
}

/** The value as the schema makes it; `name` is what refusals call it. @throws Refused, Unavailable */
export async function vouchedFor(
  execution: Execution,
  { revision, correlation }: Pick<RunRecord, 'revision' | 'correlation'>,
  question: Extract<Question, { type: 'vouch' }>,
  name = `the output of ${question.step}`,
): Promise<Json> {
  const answer = await execution.ask(revision, correlation, question)
  if (answer.type === 'refused') throw new Refused(`${name} does not do`, answer.failures)
  if (answer.type !== 'vouched') throw new Error(`an executor answered ${answer.type} to vouch`)
  return answer.output
}
