import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { awaitsChild } from './child-wish.ts'
import { isSince } from './rollback.ts'

/**
 * Completed passes whose compensation is owed, in the order in which they are undone: last completed, first. Of those that
 * completed in one turn none needs another; the later in the definition goes first. Of a run that is rolled back, what completed
 * since the savepoint.
 */
export function owedCompensations(state: RunState): readonly StepRecord[] {
  const { closing } = state.record
  const isMeant = (pass: StepRecord): boolean => closing?.outcome !== 'rolled_back' || isSince(closing.to, pass)
  const owed = [...state.history()].filter((pass) => pass.compensation === 'owed' && isMeant(pass))
  return owed.toReversed().toSorted((a, b) => (b.order ?? 0) - (a.order ?? 0))
}

/**
 * The completed pass whose compensation is owed next: the one that completed last. Undefined when
 * none is owed any more.
 */
export function nextCompensation(state: RunState): StepRecord | undefined {
  return owedCompensations(state)[0]
}

/** True once all is undone that completed since the savepoint to which the run is rolled back: nothing keeps it from going there. */
export function mayGoBack(state: RunState): boolean {
  const { closing, paused, status } = state.record
  if (closing?.outcome !== 'rolled_back' || paused || status === 'quarantined') return false
  return !isUnderWay(state) && nextCompensation(state) === undefined
}

/** True while something may still complete and would then have to be compensated too. */
export function isUnderWay(state: RunState): boolean {
  if (!state.attempts().next().done) return true
  return state.underWay().some((record) => record.status === 'in_doubt' || awaitsChild(record))
}
