/**
 * A person's answer to a decision: what the definition is asked first, and the turn that takes it. Whoever decides and
 * whoever is told beforehand what would follow go through the same functions (law 8).
 */
import { Refused } from '../../model/control-errors.ts'
import type { DecideRequest } from '../control.ts'
import type { Destination } from '../planner/migration.ts'
import type { Execution, Storage } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { decide } from '../turn/decide.ts'
import type { Turn } from '../turn/turn.ts'
import { answeredDestination } from './answered-destination.ts'
import { meantEdit } from './meaning.ts'
import { assertSameBranch } from './restoring.ts'
import { assertSeen, assertTrusted, openDecisionOf } from './seen.ts'
import { type Asked, assertSameToEdit, settle, type Settled, withinBounds } from './settle.ts'
import type { RunValues } from './values.ts'
import { vouchedFor } from './vouching.ts'

/** An answer as it is meant, and what the definition has to be asked of it; null where it has no say. */
export interface Understood {
  readonly request: DecideRequest
  readonly asked: Asked | null
  /** Where the run is to be sent back to, where that is the answer. */
  readonly destination: Destination | null
}

/** @throws Conflict, Refused */
export function understood(state: RunState, values: RunValues, storage: Storage, given: DecideRequest): Understood {
  assertSeen(state, given)
  assertTrusted(state)
  const decision = openDecisionOf(state, given)
  const request = { ...given, edit: meantEdit(state, values, decision, given.edit) }
  return { request, asked: settle(state, values, decision, request), destination: answeredDestination(storage, decision, request) }
}

/** What the definition makes of the answer. @throws Refused where it will not have it, Unavailable */
export async function settledBy(execution: Execution, asked: Asked | null): Promise<Settled | null> {
  if (asked === null) return null
  const { question } = asked
  if (question.type === 'vouch') return { type: 'vouched', output: await vouchedFor(execution, asked, question) }
  const answer = await execution.ask(asked.revision, asked.correlation, question)
  if (answer.type === 'refused') throw new Refused('the decision was not taken', answer.failures)
  if (answer.type !== 'settled') throw new Error(`an executor answered ${answer.type} to settle`)
  return answer
}

/** Takes the answer, if the run still is where it was asked. @throws Conflict, Refused, ValueRefused */
export function takeAnswer(turn: Turn, { request, asked, destination }: Understood, answer: Settled | null): void {
  assertSeen(turn.state, request)
  assertTrusted(turn.state)
  const decision = openDecisionOf(turn.state, request)
  assertSameToEdit(turn.state, decision, asked?.edits ?? null)
  if (destination !== null) assertSameBranch(turn.state, destination)
  const { action, reason: note, actor: by } = request
  if (answer?.type === 'vouched') return decide(turn, decision, { action, note, by, edit: answer.output, settled: null, destination: null })
  const settled = answer === null ? null : withinBounds(turn.state, decision, answer)
  decide(turn, decision, { action, note, by, edit: request.edit, settled, destination })
}
