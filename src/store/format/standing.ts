import type { StepStatus } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunRow } from './rows.ts'

export type Standing = RunRow['standing']

const stands: ReadonlySet<StepStatus> = new Set(['running', 'waiting', 'failed', 'in_doubt'])

/** Where a run stands once these steps have changed. A newer iteration takes the place of the older ones. */
export function standingAfter(before: Standing, changed: readonly StepRecord[]): Standing {
  const isInOrder = changed.every(({ iteration }) => iteration === 1)
  const inOrder = isInOrder ? changed : changed.toSorted((a, b) => a.iteration - b.iteration)
  return inOrder.reduce((standing, { step, iteration, status }) => {
    const others = standing.filter((other) => other.step !== step || other.iteration > iteration)
    return stands.has(status) ? [...others, { step, iteration }] : others
  }, before)
}
