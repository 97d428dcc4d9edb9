/** How errors stand, in the order in which it is told everywhere. */
import type { Outcomes } from '../../../model/error-query.ts'
import type { ErrorStatus } from '../../../model/status.ts'

interface Outcome {
  readonly status: ErrorStatus
  readonly word: string
  /** As CSS writes it. */
  readonly colour: string
}

export const outcomes: readonly Outcome[] = [
  { status: 'recovered', word: 'recovered', colour: 'var(--success)' },
  { status: 'recovering', word: 'recovering', colour: 'var(--running)' },
  { status: 'waiting', word: 'waiting for a person', colour: 'var(--attention)' },
  { status: 'failed', word: 'failed', colour: 'var(--failure)' },
  { status: 'withdrawn', word: 'withdrawn', colour: 'var(--inactive)' },
]

/** Those that there are some of. */
export function outcomesIn(counts: Outcomes): readonly Outcome[] {
  return outcomes.filter(({ status }) => counts[status] > 0)
}
