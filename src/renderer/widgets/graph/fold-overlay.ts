/** What a run lays over a fold: how many of its steps stand how, the most urgent first. */
import type { StepId } from '../../../model/ids.ts'
import type { StepStatus, StepWait } from '../../../model/status.ts'
import type { Overlay } from './overlay.ts'

/** Steps that wait for a person stand apart from others that wait. */
type Standing = StepStatus | 'decision'

export interface FoldOverlay {
  readonly counts: readonly (readonly [Standing, number])[]
}

const urgency = [
  'failed',
  'in_doubt',
  'decision',
  'running',
  'waiting',
  'completed',
  'skipped',
  'pending',
  'superseded',
  'cancelled',
] as const satisfies readonly Standing[]

export function foldOverlayOf(steps: readonly StepId[], overlay: Overlay, before?: FoldOverlay): FoldOverlay {
  const found = Map.groupBy(steps, (step) => {
    const { status, waitsFor } = overlay.get(step) ?? { status: 'pending' as const, waitsFor: null }
    return standing(status, waitsFor)
  })
  const counts = urgency.flatMap((each): FoldOverlay['counts'] => {
    const count = found.get(each)?.length ?? 0
    return count === 0 ? [] : [[each, count]]
  })
  return before !== undefined && String(before.counts) === String(counts) ? before : { counts }
}

function standing(status: StepStatus, waitsFor: StepWait | null): Standing {
  return status === 'waiting' && waitsFor === 'decision' ? 'decision' : status
}
