import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'

/**
 * The completed pass whose compensation is owed next: the one that completed last (ANCHORS invariant 8). Undefined when
 * none is owed any more.
 */
export function nextCompensation(state: RunState): StepRecord | undefined {
  let next: StepRecord | undefined
  for (const record of state.history()) {
    if (record.compensation === 'owed' && (next === undefined || later(record, next))) next = record
  }
  return next
}

function later(a: StepRecord, b: StepRecord): boolean {
  return (a.order ?? 0) > (b.order ?? 0)
}

/** True while something may still complete and would then have to be compensated too. */
export function isUnderWay(state: RunState): boolean {
  if (!state.attempts().next().done) return true
  return state.underWay().some((record) => record.status === 'in_doubt')
}
