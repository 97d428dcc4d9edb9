import { times } from '../../model/counted.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import { Conflict, Refused } from '../../model/control-errors.ts'
import type { Address, CorrelationId, RevisionHash } from '../../model/ids.ts'
import { loopBudget } from '../planner/loop.ts'
import { speakerIn } from '../planner/maker.ts'
import type { DecideRequest } from '../control.ts'
import type { Answer, Question } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { viewOf } from './task.ts'
import type { RunValues } from './values.ts'
import { vouches } from './vouching.ts'

/** What the definition made of a person's answer: where it leads to, or the output that comes with it. */
export type Settled = Extract<Answer, { type: 'settled' | 'vouched' }>

/** A question about a run's definition, with the revision that answers it. */
export interface Asked {
  readonly revision: RevisionHash
  readonly correlation: CorrelationId
  readonly question: Extract<Question, { type: 'settle' | 'vouch' }>
  /** The output that the person's edit changes, as the definition sees it. */
  readonly edits: Address | null
}

/**
 * What the definition has to be asked before a person's answer is taken: what it leads to, and whether the edit does.
 * Null where it has no say.
 * @throws Refused where something is edited that cannot be
 */
export function settle(state: RunState, values: RunValues, decision: DecisionRecord, request: DecideRequest): Asked | null {
  const { revision, correlation } = state.record
  if (vouches(state, decision, request.action)) {
    return { revision, correlation, question: { type: 'vouch', step: decision.step, output: request.edit, before: null }, edits: null }
  }
  if (decision.kind !== 'approval') return null
  if (request.edit !== null && decision.edits === null) {
    throw refusal('edit', `${decision.step} has nothing that can be edited`, 'decide without an edit')
  }
  const { step, iteration } = decision
  const answer = { action: request.action, note: request.reason, by: request.actor, edit: request.edit }
  const view = viewOf(state, step, (address) => values.get(state, address))
  const speaker = request.edit === null || decision.edits === null ? null : speakerIn(state, decision.edits.target.step)
  return { revision, correlation, question: { type: 'settle', step, iteration, view, answer, speaker }, edits: toEdit(state, decision, request) }
}

function toEdit(state: RunState, { edits }: DecisionRecord, { edit }: DecideRequest): Address | null {
  return edits === null || edit === null ? null : state.step(edits.target.step).output
}

/** The edit is made on an output that is still the step's. @throws Conflict where another edit came in between. */
export function assertSameToEdit(state: RunState, { edits }: DecisionRecord, edited: Address | null): void {
  if (edits === null || edited === null) return
  const { step } = edits.target
  if (state.step(step).output !== edited) {
    throw new Conflict(`somebody else has just edited the output of ${step}: look again`, state.record)
  }
}

type Led = Extract<Settled, { type: 'settled' }>

/**
 * What the definition answered, held against its own bounds.
 * @throws Refused where the person's choice would go back once too often, or to where it may not
 */
export function withinBounds(state: RunState, { step }: DecisionRecord, answer: Led): Led {
  const { next } = answer
  if (next === null) return answer
  const { loop } = state.manifest(step)
  if (loop === null || !loop.to.includes(next)) {
    throw refusal('action', `${step} may not go back to ${next}`, 'mend next.to in the definition and start a new run')
  }
  if (loopBudget(state, step).left > 0) return answer
  if (loop.onLimit === 'continue') return { ...answer, next: null }
  throw refusal('action', `${step} has sent the run back ${times(loop.max)}, which is its bound`, 'choose another action')
}

function refusal(path: string, message: string, wayOut: string): Refused {
  return new Refused(message, [{ class: 'validation', name: 'Refused', path, message, wayOut }])
}
