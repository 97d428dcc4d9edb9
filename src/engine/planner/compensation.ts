import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { awaitsChild } from './child-wish.ts'

/**
 * Completed passes whose compensation is owed, in the order in which they are undone: last completed, first. Of those that
 * completed in one turn none needs another; the later in the definition goes first.
 */
export function owedCompensations(state: RunState): readonly StepRecord[] {
  const owed = [...state.history()].filter(({ compensation }) => compensation === 'owed')
  return owed.toReversed().toSorted((a, b) => (b.order ?? 0) - (a.order ?? 0))
}

/**
 * The completed pass whose compensation is owed next: the one that completed last. Undefined when
 * none is owed any more.
 */
export function nextCompensation(state: RunState): StepRecord | undefined {
  return owedCompensations(state)[0]
}

/** True while something may still complete and would then have to be compensated too. */
export function isUnderWay(state: RunState): boolean {
  if (!state.attempts().next().done) return true
  return state.underWay().some((record) => record.status === 'in_doubt' || awaitsChild(record))
}
