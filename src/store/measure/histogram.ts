/**
 * How long things took, kept as counts in cells whose bounds grow by a tenth each.
 *
 * Invariants:
 * 1. Merging adds cell by cell, so the order and the grouping of merges change nothing.
 * 2. A quantile differs from the exact one (nearest rank) by at most 1/21 of it, 4.8 %; for lengths below `finest`
 *    by at most `finest`.
 */

/** How many fell into each cell. A cell that is missing is empty. */
export type Histogram = ReadonlyMap<number, number>

/** Milliseconds. What took no longer is all in cell 0. */
const finest = 0.01
const growth = 1.1

/** The cell of a length in milliseconds: cell n holds what is over `finest * growth^(n-1)`, up to `finest * growth^n`. */
export function cellOf(millis: number): number {
  return millis <= finest ? 0 : Math.ceil(Math.log(millis / finest) / Math.log(growth))
}

export function add(histogram: Map<number, number>, cell: number, count = 1): void {
  histogram.set(cell, (histogram.get(cell) ?? 0) + count)
}

export function merged(...histograms: readonly Histogram[]): Histogram {
  const sum = new Map<number, number>()
  for (const histogram of histograms) for (const [cell, count] of histogram) add(sum, cell, count)
  return sum
}

export function countOf(histogram: Histogram): number {
  return histogram.values().reduce((sum, count) => sum + count, 0)
}

/** The length in milliseconds that a share (0 to 1) of all stays within; null where nothing was counted. */
export function quantile(histogram: Histogram, share: number): number | null {
  let left = Math.max(1, Math.ceil(share * countOf(histogram)))
  for (const [cell, count] of [...histogram].toSorted(([a], [b]) => a - b)) {
    left -= count
    if (left <= 0) return middleOf(cell)
  }
  return null
}

/** The length that is off by the same share from both bounds of the cell. */
function middleOf(cell: number): number {
  return cell === 0 ? 0 : (2 * finest * growth ** cell) / (growth + 1)
}
