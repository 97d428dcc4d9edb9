/**
 * Sending a run back to a checkpoint, in one transition.
 *
 * Invariants:
 * 1. The branch that the run leaves is fenced: nothing of it is live afterwards, and what it had come to stays as it was.
 * 2. What was cut off inside an effect that must not be repeated by guess is in doubt there, and stays so.
 * 3. What was compensated since the checkpoint is not taken as done: it begins a pass anew, and with it what needs it.
 * 4. A child that is under way is waited for no more: it is cancelled after the commit (`child-wish.ts`).
 * 5. The checkpoint that begins the new branch holds all that a migration has changed.
 * 6. The error that the run goes back for goes along, where its pass begins anew there; any other matters no more.
 */
import { Conflict } from '../../model/control-errors.ts'
import type { ErrorRecord } from '../../model/error-record.ts'
import type { Failure } from '../../model/failure.ts'
import type { ErrorId, StepId } from '../../model/ids.ts'
import { isEnded } from '../../model/status.ts'
import type { Measure } from '../../model/recovery-strategy.ts'
import type { StepRecord } from '../../model/step.ts'
import { waitsForChild } from '../planner/child-wish.ts'
import { beginning } from '../planner/kept-passes.ts'
import { renewals } from '../planner/loop.ts'
import { arrival, changesBetween, type Destination } from '../planner/migration.ts'
import { givenAt, undone } from '../planner/restoration.ts'
import { isDeadLetter } from '../planner/status.ts'
import type { RunState } from '../state/run-state.ts'
import { advanceAll } from './advance.ts'
import { endAttempt, isInsideUnsafeEffect, mayCutOff } from './end-attempt.ts'
import { keepMigrated } from './keep-migrated.ts'
import { takePlaceAgain } from './place-again.ts'
import { admit } from './take-place.ts'
import type { SentBack, Turn } from './turn.ts'
import { withdrawAll } from './withdraw.ts'

const sentBack: Failure = {
  class: 'crash',
  name: 'SentBack',
  message: 'the run was sent back to a checkpoint while the attempt was inside its effect: it is not known whether that happened',
  wayOut: 'look at the receiving side',
}

/** What is over once the run has gone back: a deadlock, and damage that is left behind. */
const goingBackMends: ReadonlySet<Measure | undefined> = new Set(['give_way', 'restore_valid'])

export interface GoingBack {
  /** The error that it goes back for. */
  readonly error?: ErrorId | null
  /** No person has asked for it: every idempotency key stays (law 2). */
  readonly byItself?: boolean
}

/**
 * @throws Conflict while it is not known whether a compensation happened
 * @throws CorruptionFound where the checkpoint does not fit what is known of the run
 * @throws Refused where a migration has made what cannot be stored
 */
export function restore(turn: Turn, destination: Destination, why: string | null, { error = null, byItself = false }: GoingBack = {}): SentBack {
  const { state } = turn
  const { moment, pinned } = destination
  assertCompensationsKnown(state)
  const { branch: left, status } = state.record
  const hasNoPlace = isEnded(status) || status === 'quarantined' || isDeadLetter(state)
  const rows = [...moment.steps.filter(({ branch }) => branch !== left), ...state.history()]
  const onto = { branch: left + 1, generation: state.record.generation + (byItself ? 0 : 1) }
  const changed = (destination.migrating?.changed ?? []).map((each) => [each.key, keepMigrated(each, (value, sensitive) => turn.keep(value, sensitive))] as const)
  const there = arrival(state.graphs, destination, new Map(changed), rows, onto)
  fence(turn, error === null ? undefined : goingAlong(state.error(error), there.passes))
  const { number, branch: parent } = moment.checkpoint
  const { loops, passes } = there
  const begun = beginning(passes, (step) => state.iterations(step), onto)
  const basis = { ...pinned, ...givenAt(there.state, state.record) }
  turn.emit({ type: 'run_restored', to: number, parent, ...onto, byItself, kept: begun.kept, passes: [...begun.passes], loops, basis })
  turn.takesAlong = null
  turn.branch = { parent, from: number, why, kept: begun.kept }
  turn.change(changesBetween(moment.state, there.state))
  for (const step of there.forgiven) turn.noteFact(step)
  const again = undone(state.graph, passes)
  for (const step of again) renew(turn, step)
  turn.checkpoint('step_start', null, why)
  if (hasNoPlace) takePlaceAgain(turn)
  admit(turn)
  advanceAll(turn)
  turn.sentBack = { undone: again, migration: there.migration }
  return turn.sentBack
}

/** Whether its step is to run again hangs on it, and nobody could be asked once the branch is left. */
function assertCompensationsKnown(state: RunState): void {
  const { record } = state
  const inside = state.attempts().find((attempt) => attempt.phase === 'compensate' && isInsideUnsafeEffect(state, attempt))
  if (inside !== undefined) {
    throw new Conflict(`the compensation of ${inside.step} is inside its effect: go back once it has ended`, record)
  }
  const undoing = state.underWay().find((pass) => pass.status === 'completed' && waitsForChild(pass))
  if (undoing !== undefined) {
    throw new Conflict(`the child of ${undoing.step} (run ${undoing.child}) is being undone: go back once it has ended`, record)
  }
  const asked = state.decisions().find((decision) => decision.kind === 'in_doubt' && state.pass(decision).status === 'completed')
  if (asked !== undefined) {
    throw new Conflict(`it is not known whether the compensation of ${asked.step} happened: decide that first`, record)
  }
}

/** The error that is being mended by going back, if its pass is the one that begins anew. */
function goingAlong(error: ErrorRecord | undefined, passes: readonly StepRecord[]): ErrorRecord | undefined {
  const newest = passes.findLast(({ step }) => step === error?.step)
  return newest?.status === 'pending' && newest.iteration === error?.iteration ? error : undefined
}

/** Nothing of the branch that the run leaves goes on. */
function fence(turn: Turn, along: ErrorRecord | undefined): void {
  const { state } = turn
  turn.takesAlong = along?.id ?? null
  for (const attempt of [...state.attempts()]) {
    if (mayCutOff(turn, attempt)) {
      endAttempt(turn, attempt, { status: 'superseded', failure: null, counts: false })
      continue
    }
    const { step, iteration } = attempt
    endAttempt(turn, attempt, { status: 'in_doubt', failure: sentBack, counts: false })
    turn.emit({ type: 'step_in_doubt', step, iteration, failure: sentBack })
  }
  withdrawAll(turn)
  for (const pass of [...state.underWay()]) leave(turn, pass)
  for (const { id, recoveries } of [...state.errors()]) {
    const isMended = goingBackMends.has(recoveries.at(-1)?.strategy)
    if (id !== along?.id) turn.emit({ type: 'error_closed', id, status: isMended ? 'recovered' : 'withdrawn' })
  }
}

function leave(turn: Turn, { step, iteration, status }: StepRecord): void {
  if (status === 'completed') turn.emit({ type: 'compensation_settled', step, iteration, as: 'given_up' })
  else if (status !== 'in_doubt') turn.emit({ type: 'step_superseded', step, iteration })
}

/** Unless a step that it needs was renewed before it, and it with that. */
function renew(turn: Turn, step: StepId): void {
  if (turn.state.step(step).status !== 'completed') return
  for (const { step: each, iteration } of renewals(turn.state, step)) {
    turn.emit({ type: 'step_renewed', step: each, iteration: iteration + 1 })
  }
}
