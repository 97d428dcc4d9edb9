import { add, type Histogram } from '../../measure/histogram.ts'
import type { Sum } from './sums.ts'

/** The histogram of sums whose detail is a cell. */
export function histogramOf(sums: readonly Sum[]): Histogram {
  const histogram = new Map<number, number>()
  for (const { detail, count } of sums) add(histogram, Number(detail), count)
  return histogram
}
