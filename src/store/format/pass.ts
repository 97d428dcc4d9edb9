/** A pass and the newest attempt at it, as they stand in one row. */
import type { z } from 'zod'
import { AttemptRecord, StepRecord } from '../../model/step.ts'

/**
 * A pass, and the newest attempt at it beside it, since both change at once. Earlier attempts have rows of their own, and so
 * has the newest where a version wrote it that kept all of them so.
 */
export const PassRow = StepRecord.extend({
  newest: AttemptRecord.omit({ branch: true, step: true, iteration: true }).nullable().default(null),
})
export type PassRow = z.infer<typeof PassRow>

/**
 * What a pass that is stored says unless it says otherwise. It never changes: rows leave it out. How a pass begins
 * (`model/fresh-pass.ts`) is the same today and may change, so neither is made of the other.
 */
export const usualPass = {
  generation: 0,
  waiting: null,
  output: null,
  via: null,
  skipped: null,
  failure: null,
  attempts: 0,
  tries: 0,
  suspect: false,
  allowance: null,
  child: null,
  armed: null,
  compensation: 'none',
  compensationTries: 0,
  checkTries: 0,
  order: null,
  savepoint: null,
  follows: null,
  completedAfter: null,
  startedAt: null,
  endedAt: null,
} as const

export function withNewest(pass: StepRecord, newest: AttemptRecord | undefined): PassRow {
  if (newest === undefined) return { ...pass, newest: null }
  const { attempt, phase, status, effect, timeout, allowance, failure, startedAt, endedAt } = newest
  return { ...pass, newest: { attempt, phase, status, effect, timeout, allowance, failure, startedAt, endedAt } }
}

export function newestOf({ branch, step, iteration, newest }: PassRow): AttemptRecord | undefined {
  return newest === null ? undefined : { branch, step, iteration, ...newest }
}

/** A pass as it is told of, and the newest attempt at it. */
export interface TriedPass {
  readonly pass: StepRecord
  readonly newest: AttemptRecord | undefined
}

export function triedPass(row: PassRow): TriedPass {
  const { newest: _, ...pass } = row
  return { pass, newest: newestOf(row) }
}
