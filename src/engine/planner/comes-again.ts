import type { FailureClass } from '../../model/failure.ts'

/** What the same state leads to again, whatever the world has become meanwhile. */
const comesAgain: ReadonlySet<FailureClass> = new Set(['loop_limit', 'loop', 'deadlock', 'stuck', 'corruption'])

/** Why a run that failed of it would only fail again from where it is; undefined where it may go better. */
export function whyAgain(failed: FailureClass): string | undefined {
  return comesAgain.has(failed) ? `what is ${failed.replaceAll('_', ' ')} comes again from the same state` : undefined
}
