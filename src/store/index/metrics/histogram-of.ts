import type { Histogram } from '../../measure/histogram.ts'
import type { Counts } from './counts-text.ts'

/** The histogram of counts whose details are cells. */
export function histogramOf(counts: Counts): Histogram {
  return new Map([...counts].map(([cell, count]) => [Number(cell), count]))
}
