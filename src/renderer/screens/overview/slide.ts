import type { Instant } from '../../../model/ids.ts'
import type { Metrics } from '../../../model/metrics.ts'

type Series = Pick<Metrics, 'from' | 'to' | 'bucket' | 'outcomes' | 'commits'>

/**
 * Figures as they look once time has passed in which nothing happened: old buckets leave, empty ones come. The host
 * need not be asked, since whatever does happen is told and then asked for.
 */
export function slide<M extends Series>(metrics: M, now: Instant): M {
  const { bucket, to } = metrics
  const steps = Math.max(0, Math.ceil((now - to) / bucket))
  if (steps === 0) return metrics
  const starts = Array.from({ length: Math.min(steps, metrics.outcomes.length) }, (_, index) => to + bucket * (steps - index - 1))
  const coming = starts.toReversed()
  const dropped = coming.length
  return {
    ...metrics,
    from: metrics.from + steps * bucket,
    to: to + steps * bucket,
    outcomes: [
      ...metrics.outcomes.slice(dropped),
      ...coming.map((at) => ({ at, started: 0, completed: 0, failed: 0, cancelled: 0 })),
    ],
    commits: [...metrics.commits.slice(dropped), ...coming.map((at) => ({ at, count: 0, p50: null, p99: null }))],
  }
}
