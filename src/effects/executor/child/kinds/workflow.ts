import type { TaskResult } from '../../../../engine/ports.ts'
import type { Attempt } from '../attempt.ts'
import { asJson } from '../json.ts'
import type { StepOf } from '../step-of.ts'

/** Says what the child run is given. The engine begins it, and goes on when it has ended. */
export async function runWorkflow({ options, input }: StepOf<'workflow'>, { work: { view } }: Attempt): Promise<TaskResult> {
  const context = await options.context?.(view)
  return { type: 'calls', input: asJson((await input(view)) ?? null, 'input'), context: asJson(context ?? {}, 'context') }
}
