import type { ErrorRecord, Recovery } from '../../../../model/error-record.ts'
import type { Instant } from '../../../../model/ids.ts'
import { waitsForPerson } from '../../../../model/recovery-strategy.ts'
import type { AttemptRecord } from '../../../../model/step.ts'

/**
 * An error that had opened by a moment, as it stood then: what was done about it later was not, and of what failed again later
 * it has the failure that came last by then. `attempts` are those of the moment.
 */
export function errorAt(error: ErrorRecord, attempts: readonly AttemptRecord[], at: Instant): ErrorRecord {
  if (error.closedAt !== null && error.closedAt <= at) return error
  const recoveries = error.recoveries.filter(({ beganAt }) => beganAt <= at).map((recovery) => recoveryAt(recovery, at))
  const made = error.made - (error.recoveries.length - recoveries.length)
  const newest = recoveries.at(-1)
  const waits = newest?.outcome === 'under_way' && waitsForPerson(newest.strategy)
  return { ...error, ...failedBy(error, attempts), status: waits ? 'waiting' : 'recovering', took: [], recoveries, made, closedAt: null }
}

function recoveryAt(recovery: Recovery, at: Instant): Recovery {
  const goesOn = recovery.endedAt !== null && recovery.endedAt > at
  return goesOn ? { ...recovery, endedAt: null, outcome: 'under_way' } : recovery
}

function failedBy({ step, iteration, phase, attempts: own }: ErrorRecord, attempts: readonly AttemptRecord[]): Partial<ErrorRecord> {
  if (own === null) return {}
  const isOfIt = (each: AttemptRecord): boolean =>
    each.step === step && each.iteration === iteration && each.phase === phase && each.attempt >= own.first && each.attempt <= own.last
  const failed = attempts.flatMap((each) => (isOfIt(each) && each.failure !== null ? [{ failure: each.failure, attempts: { first: own.first, last: each.attempt } }] : []))
  return failed.at(-1) ?? {}
}
