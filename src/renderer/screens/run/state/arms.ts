import type { DecisionRecord } from '../../../../model/decision.ts'

/** What waits to be armed, in the order in which it was asked about. */
export function armsOf(decisions: readonly DecisionRecord[]): readonly DecisionRecord[] {
  return decisions
    .filter(({ kind, status }) => kind === 'arm' && status === 'pending')
    .toSorted((one, other) => one.openedAt - other.openedAt)
}
