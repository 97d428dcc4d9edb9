/** How long commits took, as rows: one for each bucket of time and width of bucket. */
import { z } from 'zod'
import { Instant } from '../../model/ids.ts'
import { type Histogram, merged } from '../measure/histogram.ts'
import type { RowFormat } from './row.ts'

/** Cells of a histogram and how many fell into each. */
export const Cells = z.array(z.tuple([z.int().nonnegative(), z.int().positive()]))
export type Cells = z.infer<typeof Cells>

export const latencyFormat: RowFormat<Cells> = { table: 'commit_latency', columns: ['width', 'at'], content: Cells, isReadable: true }

/** The commits of one bucket; `at` is where it begins. */
export const LatencyBucket = z.object({ at: Instant, cells: Cells })
export type LatencyBucket = z.infer<typeof LatencyBucket>

export function cellsOf(...histograms: readonly Histogram[]): Cells {
  return [...merged(...histograms)].toSorted(([a], [b]) => a - b)
}
