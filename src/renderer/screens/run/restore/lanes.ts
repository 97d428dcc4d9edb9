/** The branches of a run as a graph beside their list, the newest on top: which lines pass each of them, and where. */
import type { Branch } from '../../../../model/branch.ts'

export interface LaneRow<B> {
  readonly branch: B
  readonly lane: number
  /** Lines of other branches that pass by. */
  readonly passing: readonly number[]
  /** Lines of the branches that began here. */
  readonly arriving: readonly number[]
}

type Forked = Pick<Branch, 'number' | 'parent'>

/** `branches` are oldest first. A line goes from a branch down to its parent; no two of one lane ever lie side by side. */
export function lanesOf<B extends Forked>(branches: readonly B[]): readonly LaneRow<B>[] {
  const lines: { readonly from: number; readonly to: number; readonly lane: number }[] = []
  for (const { number, parent } of branches) {
    const from = parent ?? -1
    const beside = new Set(lines.filter((line) => line.from < number && from < line.to).map(({ lane }) => lane))
    let lane = 0
    while (beside.has(lane)) lane += 1
    lines.push({ from, to: number, lane })
  }
  const rows = branches.map((branch, index) => ({
    branch,
    lane: lines[index]?.lane ?? 0,
    passing: lines.filter(({ from, to }) => from < branch.number && branch.number < to).map(({ lane }) => lane),
    arriving: lines.filter(({ from }) => from === branch.number).map(({ lane }) => lane),
  }))
  return rows.toReversed()
}
