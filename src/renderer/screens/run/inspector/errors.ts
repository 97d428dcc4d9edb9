/** What went wrong in a run and has no error record: it is of before there were any. The same thing once. */
import type { Failure } from '../../../../model/failure.ts'
import type { Instant, StepId } from '../../../../model/ids.ts'
import type { RunDetail } from '../../../../model/views.ts'

export interface Occurrence {
  readonly at: Instant
  /** Null where the run failed as a whole. */
  readonly step: StepId | null
  readonly iteration: number | null
  readonly attempt: number | null
  readonly failure: Failure
}

export interface ErrorGroup {
  /** The newest of them. */
  readonly newest: Occurrence
  /** Newest first. */
  readonly occurrences: readonly Occurrence[]
}

/** Failures of attempts, and those of steps and of the run that no attempt had; newest first. None where errors are on record. */
export function errorGroups({
  record,
  steps,
  attempts,
  errors,
}: Pick<RunDetail, 'record' | 'steps' | 'attempts' | 'errors'>): readonly ErrorGroup[] {
  const since = errors.reduce((first, { openedAt }) => Math.min(first, openedAt), Number.POSITIVE_INFINITY)
  return groupsOf({ record, steps, attempts }).filter(({ newest }) => newest.at < since)
}

function groupsOf({ record, steps, attempts }: Pick<RunDetail, 'record' | 'steps' | 'attempts'>): readonly ErrorGroup[] {
  const tried = attempts.flatMap(({ failure, endedAt, startedAt, step, iteration, attempt }): Occurrence[] =>
    failure === null ? [] : [{ at: endedAt ?? startedAt, step, iteration, attempt, failure }],
  )
  const known = new Set(tried.map(({ step, failure }) => keyOf(step, failure)))
  const settled = steps.flatMap(({ failure, endedAt, step, iteration }): Occurrence[] =>
    failure === null || known.has(keyOf(step, failure))
      ? []
      : [{ at: endedAt ?? record.updatedAt, step, iteration, attempt: null, failure }],
  )
  const messages = new Set([...tried, ...settled].map(({ failure }) => failure.message))
  const whole =
    record.failure === null || messages.has(record.failure.message)
      ? []
      : [
          {
            at: record.endedAt ?? record.updatedAt,
            step: null,
            iteration: null,
            attempt: null,
            failure: record.failure,
          },
        ]
  const all = [...tried, ...settled, ...whole].toSorted((one, other) => other.at - one.at)
  return [...Map.groupBy(all, ({ step, failure }) => keyOf(step, failure)).values()].flatMap((occurrences) => {
    const newest = occurrences[0]
    return newest === undefined ? [] : [{ newest, occurrences }]
  })
}

function keyOf(step: StepId | null, { class: kind, name, message, stack = '' }: Failure): string {
  return JSON.stringify([step, kind, name, message, stack])
}
