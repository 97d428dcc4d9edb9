import { useState } from 'react'
import type { Instant } from '../../../model/ids.ts'

/** Room for what is to come, as a share of what has been. */
const share = 1 / 16
const least = 1_000

/**
 * Where the drawn time ends while something goes on: ahead of the present, and pushed on when that has come there. What
 * has been stands still in between, so that only what is new is drawn.
 */
export function horizonOf(from: Instant, now: Instant, before: Instant): Instant {
  const farthest = now + Math.max(least, (now - from) * 2 * share)
  return before >= now && before <= farthest ? before : now + Math.max(least, (now - from) * share)
}

/** `until` is where it ended, or null. */
export function useHorizon(from: Instant, until: Instant | null, now: Instant): Instant {
  const [before, setBefore] = useState(0)
  const horizon = until ?? horizonOf(from, now, before)
  if (horizon !== before) setBefore(horizon)
  return horizon
}
