/** A pass and the newest attempt at it, as they stand in one row. */
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import type { PassRow } from './rows.ts'

export function withNewest(pass: StepRecord, attempt: AttemptRecord | undefined): PassRow {
  if (attempt === undefined) return { ...pass, newest: null }
  const { branch: _, step: __, iteration: ___, ...newest } = attempt
  return { ...pass, newest }
}

export function newestOf({ branch, step, iteration, newest }: PassRow): AttemptRecord | undefined {
  return newest === null ? undefined : { branch, step, iteration, ...newest }
}

export function passOf({ newest: _, ...pass }: PassRow): StepRecord {
  return pass
}
