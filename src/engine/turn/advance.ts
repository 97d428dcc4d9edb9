/**
 * Going forwards: what becomes ready, what a completed step leads to, what a loop renews.
 *
 * Invariants:
 * 1. No attempt starts while the run is paused, closing or ended, or while the engine closes.
 * 2. A step that completed is not touched again but by a loop or a restore (law 2).
 * 3. Each pass has at most one live attempt.
 */
import type { Address, StepId } from '../../model/ids.ts'
import type { SkipReason, StepRecord } from '../../model/step.ts'
import { beginStep } from '../kinds/registry.ts'
import { renewals } from '../planner/loop.ts'
import { isStandingIn, readiness } from '../planner/readiness.ts'
import { endAttempt, isInsideUnsafeEffect } from './end-attempt.ts'
import { withdrawDecisions } from './withdraw.ts'
import type { Turn } from './turn.ts'

/** Starts or skips each of these steps that can, and whatever that makes ready. */
export function advance(turn: Turn, steps: Iterable<StepId>): void {
  const { record } = turn.state
  if (turn.holds || record.paused || record.closing !== null) return
  for (const step of steps) {
    const ready = readiness(turn.state, step)
    if (ready === 'start') beginStep(turn, turn.state.manifest(step), turn.state.step(step))
    else if (ready === 'skip') skip(turn, turn.state.step(step), 'dependency')
  }
}

/** Everything that can start does: after a pause, a restart, at the beginning. */
export function advanceAll(turn: Turn): void {
  advance(turn, turn.state.graph.order)
}

/** The step is left out; what needs it goes on as its reason says. */
export function skip(turn: Turn, record: StepRecord, reason: SkipReason): void {
  const { step, iteration, failure } = record
  turn.emit({ type: 'step_skipped', step, iteration, reason, failure })
  advance(turn, dependents(turn, step))
}

/** The step has its output; `next` sends the run back where the step's own decision says so. */
export function complete(turn: Turn, record: StepRecord, output: Address, next: StepId | null): void {
  const { step, iteration } = record
  const primary = isStandingIn(turn.state, step) ? turn.state.graph.primaryOf.get(step) : undefined
  turn.emit({ type: 'step_completed', step, iteration, output, via: null })
  if (primary !== undefined) {
    const stood = turn.state.step(primary)
    turn.emit({ type: 'step_completed', step: primary, iteration: stood.iteration, output, via: step })
    advance(turn, dependents(turn, primary))
  }
  if (turn.state.step(step).iteration !== iteration) {
    // A pass that a loop has gone back over: its output is history, and the next pass may now start.
    advance(turn, [step])
  } else if (next === null) {
    advance(turn, dependents(turn, step))
  } else {
    loopBack(turn, record, next)
  }
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

/** What is under way is stopped, unless it is inside an effect: that is left to end, and its next pass waits for it. */
function supersede(turn: Turn, record: StepRecord): void {
  const live = turn.state.liveAttempt(record)
  if (record.status === 'in_doubt') return
  if (live !== undefined && isInsideUnsafeEffect(turn.state, live)) return
  if (live !== undefined) endAttempt(turn, live, { status: 'superseded', failure: null, counts: false })
  withdrawDecisions(turn, (decision) => decision.step === record.step && decision.iteration === record.iteration)
  if (record.status === 'running' || record.status === 'waiting') {
    turn.emit({ type: 'step_superseded', step: record.step, iteration: record.iteration })
  }
}

function dependents(turn: Turn, step: StepId): readonly StepId[] {
  return turn.state.graph.dependents.get(step) ?? []
}
