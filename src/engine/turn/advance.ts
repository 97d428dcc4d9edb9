/**
 * Going forwards: what becomes ready, what a completed step leads to, what a loop renews.
 *
 * Invariants:
 * 1. No attempt starts while the run is paused, closing, ended or in quarantine, or while the engine closes.
 * 2. A step that completed is not touched again but by a loop or a restore (law 2).
 * 3. Each pass has at most one live attempt.
 * 4. No attempt of a step that names its dependency starts while the breaker of that is open.
 * 5. In a disarmed run, no attempt of a step that declares an effect starts until a person has armed its pass.
 */
import type { DecisionRecord } from '../../model/decision.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Follows, SkipReason, StepRecord } from '../../model/step.ts'
import { beginStep } from '../kinds/registry.ts'
import { mustBeArmed } from '../planner/arming.ts'
import { awaitsChild } from '../planner/child-wish.ts'
import { goesOnAround, leftOutWith } from '../planner/follows.ts'
import { renewals } from '../planner/loop.ts'
import { readiness } from '../planner/readiness.ts'
import { waitingPrimary } from '../planner/stand-in.ts'
import { goesForward } from '../planner/status.ts'
import { askToArm } from './ask-to-arm.ts'
import { endAttempt, mayCutOff } from './end-attempt.ts'
import { holdsBack } from './holds-back.ts'
import { settleLoops, withdrawDecisions } from './withdraw.ts'
import type { Turn } from './turn.ts'

/** Starts or skips each of these steps that can, and whatever that makes ready. */
export function advance(turn: Turn, steps: Iterable<StepId>): void {
  if (turn.holds || !goesForward(turn.state.record)) return
  for (const step of steps) {
    const ready = readiness(turn.state, step)
    if (ready === 'start') begin(turn, turn.state.step(step))
    else if (ready === 'skip') skip(turn, turn.state.step(step), 'dependency')
  }
}

function tellFollows(turn: Turn, { step, iteration, follows: known }: StepRecord, follows: Follows | null): void {
  if (follows !== null && known === null) turn.emit({ type: 'step_follows', step, iteration, follows })
}

function begin(turn: Turn, record: StepRecord): void {
  tellFollows(turn, record, goesOnAround(turn.state, record.step))
  passSavepoint(turn, record)
  const pass = turn.state.pass(record)
  const { dependency } = turn.state.manifest(pass.step)
  if (mustBeArmed(turn.state, pass, 'run')) askToArm(turn, pass, 'run')
  else if (dependency !== null && holdsBack(turn, pass, dependency)) return
  else beginStep(turn, turn.state.manifest(pass.step), pass)
}

/** Once for each pass: a try that is made again is after it. */
function passSavepoint(turn: Turn, { step, iteration, savepoint }: StepRecord): void {
  const { savepoint: name } = turn.state.manifest(step)
  if (name === undefined || savepoint !== null) return
  const checkpoint = turn.savePoint({ step, iteration }, name)
  turn.emit({ type: 'savepoint_passed', step, iteration, name, checkpoint })
}

/** Everything that can start does: after a pause, a restart, at the beginning. */
export function advanceAll(turn: Turn): void {
  advance(turn, turn.state.graph.order)
}

/** The step is left out; what needs it goes on as its reason says. For a fallback there is `leaveOut`. */
export function skip(turn: Turn, record: StepRecord, reason: SkipReason): void {
  const { step, iteration, failure } = record
  if (reason === 'dependency') tellFollows(turn, record, leftOutWith(turn.state, step))
  turn.emit({ type: 'step_skipped', step, iteration, reason, failure })
  goOnFrom(turn, record)
}

/**
 * The step has its output; `next` sends the run back where the step's own decision says so. A fallback that does has
 * not stood in for its primary yet.
 */
export function complete(turn: Turn, record: StepRecord, output: Address, next: StepId | null): void {
  const { step, iteration } = record
  turn.emit({ type: 'step_completed', step, iteration, output, via: null })
  if (next !== null && turn.state.isPresent(record)) return loopBack(turn, record, next)
  standIn(turn, record, output)
  goOnFrom(turn, record)
}

/** The output of a fallback is its primary's, and that of the step for which the primary stands in, and so on. */
function standIn(turn: Turn, record: StepRecord, output: Address): void {
  const primary = waitingPrimary(turn.state, record)
  if (primary === undefined) return
  const { step, iteration } = primary
  turn.emit({ type: 'step_completed', step, iteration, output, via: record.step })
  standIn(turn, primary, output)
  goOnFrom(turn, primary)
}

/** What waited for the pass: steps that need it, or the next pass where a loop has gone over this one. */
function goOnFrom(turn: Turn, { step, iteration }: StepRecord): void {
  advance(turn, turn.state.isPresent({ step, iteration }) ? (turn.state.graph.dependents.get(step) ?? []) : [step])
}

function loopBack(turn: Turn, { step, iteration }: StepRecord, to: StepId): void {
  const count = (turn.state.record.loops[step] ?? 0) + 1
  turn.emit({ type: 'looped', step, iteration, to, count })
  for (const record of renewals(turn.state, to)) {
    supersede(turn, record)
    turn.emit({ type: 'step_renewed', step: record.step, iteration: record.iteration + 1 })
  }
  advance(turn, turn.state.graph.renewedBy.get(to) ?? [])
}

/** What is under way is stopped, unless it is inside an effect, or a child is: that is left to end, and its next pass waits for it. */
function supersede(turn: Turn, record: StepRecord): void {
  const live = turn.state.liveAttempt(record)
  if (record.status === 'in_doubt' || awaitsChild(record)) return
  if (live !== undefined && !mayCutOff(turn, live)) return
  if (live !== undefined) endAttempt(turn, live, { status: 'superseded', failure: null, counts: false })
  const isOfIt = (decision: DecisionRecord): boolean => decision.step === record.step && decision.iteration === record.iteration
  settleLoops(turn, isOfIt)
  withdrawDecisions(turn, isOfIt)
  const { status } = turn.state.pass(record)
  if (status === 'running' || status === 'waiting') {
    turn.emit({ type: 'step_superseded', step: record.step, iteration: record.iteration })
  }
}
