import type { TaskResult } from '../../../../engine/ports.ts'
import type { Attempt } from '../attempt.ts'
import { asJson } from '../json.ts'
import type { StepOf } from '../step-of.ts'

/** Prepares what the person is shown: what the author says, or else the outputs of all that the step needs. */
export async function runApproval({ options }: StepOf<'approval'>, { work: { view } }: Attempt): Promise<TaskResult> {
  if (options.shows !== undefined) return { type: 'asked', shown: asJson((await options.shows(view)) ?? null, 'shows') }
  const needs = options.needs ?? []
  return { type: 'asked', shown: Object.fromEntries(needs.map((need) => [need, view.outputs[need] ?? null])) }
}
