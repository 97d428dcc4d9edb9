import { writeDuration } from '../../model/duration.ts'
import { type Failure, isRetryable } from '../../model/failure.ts'
import type { Instant } from '../../model/ids.ts'
import { defaultPatience, defaultRetry, type RetryPolicy } from '../../model/manifest.ts'
import { backoff } from './backoff.ts'

/** What a failed try is judged by beside the state: the time and one random fraction. */
export interface Chance {
  readonly now: Instant
  readonly fraction: number
}

/**
 * When a step or a compensation is tried again, or undefined where it is not; the failed try is already counted in `tries`. What
 * the receiver asked for is waited out, and where that is longer than the policy's patience, it is not tried again: earlier would
 * be against its wish.
 */
export function retryAt(
  policy: RetryPolicy | null,
  failure: Failure,
  tries: number,
  chance: Chance,
): Instant | undefined {
  const retry = policy ?? defaultRetry
  const asked = failure.retryAfter ?? 0
  if (!isRetryable(failure) || tries >= retry.attempts || asked > (retry.patience ?? defaultPatience)) return undefined
  return chance.now + Math.max(asked, backoff(retry, tries, chance.fraction))
}

/** That no try is left, in words. */
export function allMade(tries: number): string {
  return tries === 1 ? 'its one try is made' : `all ${tries} tries are made`
}

/** Why it is tried again, or is not, in words. */
export function whyRetried(policy: RetryPolicy | null, failure: Failure, tries: number): string {
  const { attempts, patience = defaultPatience } = policy ?? defaultRetry
  if (!isRetryable(failure)) return `what is ${failure.class.replaceAll('_', ' ')} does not pass by trying again`
  if ((failure.retryAfter ?? 0) > patience) return 'its receiver asked to be left alone for longer than it is waited for'
  if (tries >= attempts) return allMade(attempts)
  const wish = failure.retryAfter === undefined ? '' : `; its receiver asked to be left alone for ${writeDuration(failure.retryAfter)}`
  return `${tries} of ${attempts} tries are made, and it may pass${wish}`
}
