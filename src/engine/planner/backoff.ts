import type { Millis } from '../../model/ids.ts'
import type { RetryPolicy } from '../../model/manifest.ts'

/**
 * How long to wait before the next try, in milliseconds, after `tries` have failed. Jitter only shortens the wait,
 * so that `max` holds. `fraction` is random, from 0 up to 1.
 */
export function backoff(policy: RetryPolicy, tries: number, fraction: number): Millis {
  const whole = Math.min(policy.max, policy.initial * policy.factor ** Math.max(0, tries - 1))
  return Math.round(whole * (1 - policy.jitter * fraction))
}
