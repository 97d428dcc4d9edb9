/**
 * Rolling back to a savepoint, done and rehearsed: both take the same turn (law 8). What follows it, once all is undone, is
 * rehearsed as if every compensation went well.
 */
import { Conflict, NotFound } from '../../model/control-errors.ts'
import type { RollbackPreview } from '../../model/rollback.ts'
import type { Savepoint } from '../../model/savepoint.ts'
import type { RollbackRequest } from '../control.ts'
import { awaitsChild } from '../planner/child-wish.ts'
import { nextCompensation } from '../planner/compensation.ts'
import { childrenAhead } from '../planner/children-ahead.ts'
import type { Kin } from '../planner/kin.ts'
import { compensations, expectedOf, undoneOutside } from '../planner/closing-ahead.ts'
import { preview } from '../planner/preview.ts'
import { notTakenBack, savepointNamed, savepointsOf } from '../planner/rollback.ts'
import type { Moment } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { close } from '../turn/close.ts'
import { conclude } from '../turn/conclude.ts'
import { endAttempt } from '../turn/end-attempt.ts'
import { goBack } from '../turn/go-back.ts'
import { Turn } from '../turn/turn.ts'
import { withdrawAll } from '../turn/withdraw.ts'
import type { Looking } from './looking.ts'
import { assertNotHeld, assertSeen, assertTrusted } from './seen.ts'

type Asked = Pick<RollbackRequest, 'run' | 'savepoint'>

/** A paused run is resumed for it. @throws NotFound, Conflict */
export function rollBack(turn: Turn, request: RollbackRequest): void {
  const { state } = turn
  assertSeen(state, request)
  const { to } = mayRollBack(turn, request)
  if (state.record.paused) turn.emit({ type: 'run_resumed' })
  close(turn, { outcome: 'rolled_back', failure: null, to, by: request.actor, why: request.reason })
}

/** What rolling back would lead to now. @throws NotFound, Conflict */
export function rehearseRollback(state: RunState, ports: Looking, request: RollbackRequest, kin: Kin): RollbackPreview {
  const turn = new Turn(state.copy(), ports.clock.now(), ports, false)
  const { to, moment } = mayRollBack(turn, request)
  const stands = [...new Set(notTakenBack(state, to).map(({ step }) => step))]
  rollBack(turn, request)
  const undone = [...compensations(turn.state)]
  const waits = [...waitedFor(turn.state)]
  const outside = [...undoneOutside(turn.state, undone)]
  const children = childrenAhead(kin, state, turn.state, [])
  const last = asIfUndone(turn, ports)
  conclude(last)
  const sentBack = last.sentBack ?? { undone: [], migration: null }
  const back = preview(state, moment, { state: last.state, events: [...turn.events, ...last.events], ...sentBack }, kin)
  const isWaitedFor = ({ step, iteration }: { step: string; iteration: number }): boolean => waits.some((each) => each.step === step && each.iteration === iteration)
  return {
    version: state.record.version,
    savepoint: to,
    compensates: undone.map(({ step, iteration, compensation }) => ({ step, iteration, certain: compensation === 'owed' })),
    outside,
    children,
    waits,
    stands,
    // What is in doubt is settled before the run goes back.
    back: { ...back, children: childrenAhead(kin, last.state, last.state, expectedOf(last.state)), stops: back.stops.filter((each) => !isWaitedFor(each)), inDoubt: [] },
  }
}

/** @throws NotFound where the run has not passed such a savepoint, Conflict where it cannot go back there now */
function mayRollBack(turn: Turn, { run, savepoint: name }: Asked): { to: Savepoint; moment: Moment } {
  const { state } = turn
  assertTrusted(state)
  assertNotHeld(state)
  const to = savepointNamed(state, name)
  if (to === undefined) throw notPassed(state, name)
  const { closing } = state.record
  if (closing !== null) {
    const what = closing.outcome === 'rolled_back' ? `rolled back to ${closing.to.name}` : `brought to its end as ${closing.outcome}`
    throw new Conflict(`run ${run} is being ${what} already`, state.record)
  }
  const moment = turn.moment(to.checkpoint)
  if (moment === undefined) {
    const why = turn.howTrimmed(to.checkpoint) ?? 'it is not kept any more'
    throw new NotFound('checkpoint', `${run}/${to.checkpoint}`, `it is what the savepoint ${name} was, and ${why}`)
  }
  return { to, moment }
}

function notPassed(state: RunState, name: string): NotFound {
  const passed = savepointsOf(state).map((each) => each.name).join(', ')
  const known = state.graph.manifest.steps.some(({ savepoint }) => savepoint === name)
  const why = known ? 'the run has not passed it' : 'its workflow has none of that name'
  return new NotFound('savepoint', `${state.record.id}/${name}`, `${why}; ${passed === '' ? 'it has passed none' : `it has passed ${passed}`}`)
}

/** What is inside an effect is left to end, a child ends itself, and what is in doubt has to be known first. */
function* waitedFor(state: RunState): Generator<RollbackPreview['waits'][number]> {
  for (const { step, iteration, phase, startedAt: since } of state.attempts()) {
    if (phase !== 'compensate') yield { step, iteration, phase, since }
  }
  for (const pass of state.underWay()) {
    if (awaitsChild(pass)) yield { step: pass.step, iteration: pass.iteration, phase: 'run', since: pass.startedAt ?? state.record.updatedAt }
    if (pass.status !== 'in_doubt' || state.liveAttempt(pass) !== undefined) continue
    yield { step: pass.step, iteration: pass.iteration, phase: 'check', since: pass.startedAt ?? state.record.updatedAt }
  }
}

/** Goes on as if what is under way came to nothing, and each compensation went well; answers the turn in which the run goes back. */
function asIfUndone(turn: Turn, ports: Looking): Turn {
  const { state } = turn
  for (const attempt of [...state.attempts()]) endAttempt(turn, attempt, { status: 'cancelled', failure: null, counts: false })
  withdrawAll(turn)
  for (const { step, iteration, status } of [...state.underWay()]) {
    if (status !== 'completed') turn.emit({ type: 'step_cancelled', step, iteration })
  }
  for (let owed = nextCompensation(state); owed !== undefined; owed = nextCompensation(state)) {
    turn.emit({ type: 'compensation_settled', step: owed.step, iteration: owed.iteration, as: 'done' })
  }
  const last = new Turn(state, turn.now, ports, false)
  goBack(last)
  return last
}
