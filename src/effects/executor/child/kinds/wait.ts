import type { TaskResult } from '../../../../engine/ports.ts'
import { parseDuration } from '../../../../model/duration.ts'
import type { Attempt } from '../attempt.ts'
import type { StepOf } from '../step-of.ts'

/** Says how long. */
export async function runWait(step: StepOf<'wait'>, { work: { view } }: Attempt): Promise<TaskResult> {
  const length = step.options.for
  const written = typeof length === 'function' ? await length(view) : length
  const duration = typeof written === 'string' ? parseDuration(written) : undefined
  if (duration !== undefined) return { type: 'waits', duration }
  throw new RangeError(`step ${step.id}: for answered ${JSON.stringify(written)}, which is no duration like '10m' or '1.5s'`)
}
