/** What is left to come of a run that goes on from a state, or is brought to its end. */
import type { Outside } from '../../model/ahead.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { touching } from './ahead.ts'
import { mustBeArmed } from './arming.ts'
import { owedCompensations } from './compensation.ts'
import { underWay } from './course.ts'
import { type Expected, outlook, outlookBackAt } from './outlook.ts'

/** Every step that runs from this state on, or may, whatever the run is at. */
export function expectedOf(state: RunState): readonly Expected[] {
  const { closing, status } = state.record
  if (closing?.outcome === 'rolled_back') return outlookBackAt(state, closing.to)
  return closing !== null || isEnded(status) ? [...leftToEnd(state)] : outlook(state)
}

/** What is inside an effect is left to end, even where the run ends. */
function* leftToEnd(state: RunState): Generator<Expected> {
  for (const { step, phase } of state.attempts()) {
    if (phase === 'run') yield { step, certain: true, why: underWay }
  }
}

/** Passes to be compensated, the next one first: those that may complete yet, then those that are owed. */
export function* compensations(state: RunState): Generator<StepRecord> {
  if (state.record.closing === null || isEnded(state.record.status)) return
  for (const record of state.underWay()) {
    const mayComplete = record.status === 'running' || record.status === 'in_doubt'
    if (mayComplete && state.manifest(record.step).compensates) yield record
  }
  yield* owedCompensations(state)
}

export function* undoneOutside(state: RunState, undone: readonly StepRecord[]): Generator<Outside> {
  for (const record of undone) {
    const isCertain = record.compensation === 'owed' && !mustBeArmed(state, record, 'compensate')
    yield* touching(state, record, 'compensate', isCertain)
  }
}
