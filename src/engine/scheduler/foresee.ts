/**
 * What each action of a decision would lead to. The definition is asked as it would be, the answer is taken in a turn on
 * a copy of the committed run, and the consequences are read off that; the turn is never committed.
 */
import { Conflict, Refused } from '../../model/control-errors.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { Json } from '../../model/json.ts'
import type { ApprovalAction } from '../../model/manifest.ts'
import { ValueRefused } from '../../model/storage-errors.ts'
import type { Allocator } from '../allocation/allocator.ts'
import type { Consequences, ConsequencesRequest } from '../control.ts'
import { consequence, refusedConsequence } from '../planner/consequence.ts'
import type { Ports } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { conclude } from '../turn/conclude.ts'
import { Turn } from '../turn/turn.ts'
import { settledBy, takeAnswer, type Understood, understood } from './answer.ts'
import type { KnownKin } from './kin.ts'
import type { Looking } from './looking.ts'
import type { RunActor } from './run-actor.ts'
import { type Foreseen, lettersOf, withRecipients } from './recipients.ts'
import { assertTrusted, wantsReason } from './seen.ts'
import type { Settled } from './settle.ts'
import { refusalOf } from './told.ts'
import type { RunValues } from './values.ts'
import { vouches } from './vouching.ts'

/** An action as it would be taken, with what the definition made of it; `answer` is null where it would not have it. */
interface Candidate {
  readonly action: ApprovalAction
  readonly answer: (Understood & { readonly settled: Settled | null }) | null
  /** What was refused on the way here: the action, or what was to be given with it. */
  readonly refused: readonly Failure[]
}

/** In place of a reason that a person has yet to give. */
const stillToCome = 'still to come'

/** In place of an output that a person has yet to vouch for: what follows is the same, whatever it is. */
const standIn: Json = {}

/** @throws Conflict where the decision is not pending any more, Unavailable, CorruptionFound */
export async function foresee(actor: RunActor, ports: Looking, allocator: Allocator, kin: KnownKin, given: ConsequencesRequest): Promise<Consequences> {
  const decision = await actor.read((state) => pending(state, given))
  await kin.sought(await actor.read(({ record }) => record.revision))
  const candidates = await Promise.all(decision.actions.map((action) => candidate(actor, ports, given, decision, action)))
  const { version, foreseen } = await actor.read((state, values) => ({
    version: state.record.version,
    foreseen: candidates.map((each) => rehearsed(state, values, ports, allocator, kin, each)),
  }))
  return { version, actions: await Promise.all(foreseen.map((each) => withRecipients(ports.execution, each))) }
}

function pending(state: RunState, { decision: id }: ConsequencesRequest): DecisionRecord {
  assertTrusted(state)
  const decision = state.decision(id)
  if (decision !== undefined) return decision
  throw new Conflict(`decision ${id} is not pending any more: look again`, state.record)
}

/**
 * Where what is given with the action is refused, or missing, the action is tried without it; an output that is vouched
 * for has a stand-in then, about which the definition is not asked, and so has a reason.
 */
async function candidate(
  actor: RunActor,
  ports: Ports,
  given: ConsequencesRequest,
  decision: DecisionRecord,
  action: ApprovalAction,
): Promise<Candidate> {
  const { run, actor: by, note: reason, edit } = given
  const checkpoint = action.name === 'restore' ? (given.checkpoint ?? null) : null
  const request = { run, decision: decision.id, action: action.name, edit, checkpoint, reason, actor: by, seen: null }
  try {
    const meant = await actor.read((state, values) => understood(state, values, ports.storage, request))
    return { action, answer: { ...meant, settled: await settledBy(ports.execution, meant.asked) }, refused: [] }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const refused = error.failures
    const standsIn = await actor.read((state) => vouches(state, pending(state, given), action.name))
    if (standsIn) return { action, answer: { request: { ...request, edit: standIn }, asked: null, destination: null, settled: null }, refused }
    const lacksReason = await actor.read((state) => wantsReason(state, pending(state, given), action.name))
    if (lacksReason) return { action, answer: { request: { ...request, reason: stillToCome }, asked: null, destination: null, settled: null }, refused }
    if (edit === null) return { action, answer: null, refused }
    const again = await candidate(actor, ports, { ...given, edit: null }, decision, action)
    return { ...again, refused: again.answer === null ? again.refused : refused }
  }
}

function rehearsed(state: RunState, values: RunValues, ports: Looking, allocator: Allocator, kin: KnownKin, { action, answer, refused }: Candidate): Foreseen {
  if (answer === null) return { consequence: refusedConsequence(action, refused), letters: [] }
  const turn = new Turn(state.copy(), ports.clock.now(), ports, false, allocator.claims(state.record.id))
  try {
    takeAnswer(turn, answer, answer.settled)
  } catch (error) {
    const refusal = error instanceof ValueRefused ? refusalOf(error) : error
    if (!(refusal instanceof Refused)) throw error
    return { consequence: refusedConsequence(action, [...refused, ...refusal.failures]), letters: [] }
  }
  conclude(turn)
  const told = consequence(action, { before: state, state: turn.state, events: turn.events, refused }, kin)
  return { consequence: told, letters: lettersOf(turn, values, told) }
}
