/** Which checkpoints of a run go while the run stays. Pure: whoever tells and whoever removes choose alike. */
import type { RetentionBounds, RetentionRule } from '../../model/retention.ts'
import type { BranchRow, RunRow } from '../format/rows.ts'
import { type Gap, reaches } from '../read/stubs.ts'

/** Checkpoints from `first` up to `number`, which stays. */
export interface Range extends Gap {
  readonly rule: RetentionRule
}

interface Standing {
  readonly run: Pick<RunRow, 'record'>
  readonly branches: readonly BranchRow[]
  /** What went before. */
  readonly gaps: readonly Gap[]
  /** Checkpoints that somebody may still go back to, and those that replays which have not ended were made from. */
  readonly needed: readonly number[]
}

/**
 * Of the branches that were left the newest stay, and those that have a name; of each branch that stays the newest checkpoints, its
 * head among them. What is needed stays, and so does its branch behind it.
 */
export function rangesToGo({ run, branches, gaps, needed }: Standing, bounds: Pick<RetentionBounds, 'branches' | 'checkpoints'>): Range[] {
  const there = reaches(run, branches).flatMap(({ first, head }, number) => {
    const start = gaps.find((gap) => gap.first <= first && first < gap.number)?.number ?? first
    return start > head ? [] : [{ number, first: start, head, needs: needed.filter((checkpoint) => checkpoint >= start && checkpoint <= head) }]
  })
  const left = there.filter(({ number }) => number < run.record.branch && branches[number]?.name === null)
  const going = bounds.branches === null ? [] : left.slice(0, Math.max(0, left.length - bounds.branches))
  const gone = new Set(going.filter(({ needs }) => needs.length === 0))
  return there.flatMap((branch): Range[] => {
    const { first, head, needs } = branch
    if (gone.has(branch)) return [{ first, number: head + 1, rule: 'branches' }]
    if (bounds.checkpoints === null) return []
    const number = Math.min(head + 1 - Math.max(1, bounds.checkpoints), ...needs)
    return number > first ? [{ first, number, rule: 'checkpoints' }] : []
  })
}
