import type { TaskResult } from '../../../../engine/ports.ts'
import type { Attempt } from '../attempt.ts'
import { complete } from '../complete.ts'
import type { StepOf } from '../step-of.ts'

/** Calls the author's handler. */
export async function runCode({ options, handler }: StepOf<'code'>, attempt: Attempt): Promise<TaskResult> {
  return complete(await handler(attempt.call), options, attempt)
}
