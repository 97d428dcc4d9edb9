import type { Instant, Millis } from '../../model/ids.ts'
import { cellsOf, type LatencyBucket } from '../format/latency.ts'
import { add, cellOf } from '../measure/histogram.ts'
import { floor, kept } from '../measure/widths.ts'

const [finest] = kept

/**
 * How long commits took, between the moment they were made and the moment this is written, which a later group does. A
 * crash loses what waits here, and so does a group that fails: some seconds of it, mostly.
 */
export class LatencyBuffer {
  readonly #buckets = new Map<Instant, Map<number, number>>()

  /** A commit was back at `now`, after so many milliseconds. */
  add(now: Instant, took: Millis): void {
    const at = floor(now, finest)
    const bucket = this.#buckets.get(at) ?? new Map<number, number>()
    this.#buckets.set(at, bucket)
    add(bucket, cellOf(took))
  }

  /** The buckets that are over by `now`; they wait no more. */
  take(now: Instant): LatencyBucket[] {
    const over: LatencyBucket[] = []
    for (const [at, bucket] of this.#buckets) {
      if (at + finest > now) continue
      over.push({ at, cells: cellsOf(bucket) })
      this.#buckets.delete(at)
    }
    return over
  }

  waiting(): LatencyBucket[] {
    return [...this.#buckets].map(([at, bucket]) => ({ at, cells: cellsOf(bucket) }))
  }
}
