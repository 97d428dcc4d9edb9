import { type Failure, isRetryable } from '../../model/failure.ts'
import type { Instant, StepId } from '../../model/ids.ts'
import { defaultPatience, defaultRetry, type RetryPolicy } from '../../model/manifest.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { backoff } from './backoff.ts'
import { lacksNeeds } from './readiness.ts'

/** What one failure of a step leads to. */
export type Consequence =
  | { readonly type: 'retry'; readonly until: Instant }
  | { readonly type: 'fallback'; readonly step: StepId }
  | { readonly type: 'skip' }
  | { readonly type: 'ask' }
  | { readonly type: 'fail' }

/** What a failed try is judged by beside the state: the time and one random fraction. */
export interface Chance {
  readonly now: Instant
  readonly fraction: number
}

/**
 * The order of DESIGN section 3: the step's retry, its fallback, optional, a person, and then the run fails.
 * The failed try is already counted in `record.tries`.
 */
export function consequence(state: RunState, record: StepRecord, failure: Failure, chance: Chance): Consequence {
  const until = retryAt(state.manifest(record.step).retry, failure, record.tries, chance)
  return until === undefined ? afterRetries(state, record.step) : { type: 'retry', until }
}

/** What follows once no retry is left. A fallback has one go in each iteration, and only if what it needs is there. */
function afterRetries(state: RunState, step: StepId): Consequence {
  const { fallback } = state.manifest(step)
  const isLeft = fallback !== null && state.step(fallback).status === 'pending' && !lacksNeeds(state, fallback)
  return isLeft ? { type: 'fallback', step: fallback } : afterFallback(state, step)
}

/** What follows once the fallback has not stood in either, or there is none. */
export function afterFallback(state: RunState, step: StepId): Consequence {
  const manifest = state.manifest(step)
  if (manifest.optional) return { type: 'skip' }
  return manifest.onFailure === 'ask' ? { type: 'ask' } : { type: 'fail' }
}

/**
 * When a step or a compensation is tried again, or undefined where it is not. What the receiver asked for is waited out, and
 * where that is longer than the policy's patience, it is not tried again: earlier would be against its wish.
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
