import { z } from 'zod'
import type { TaskResult } from '../../../engine/ports.ts'
import type { StepDefinition } from '../../../sdk/definition.ts'
import type { Attempt } from './attempt.ts'
import { complete } from './complete.ts'
import { outputSchemaOf } from './output-schema.ts'

const Found = z.discriminatedUnion('happened', [
  z.object({ happened: z.literal(true), output: z.unknown() }),
  z.object({ happened: z.literal([false, 'unknown']), note: z.string().max(1_000).optional() }),
])

/**
 * Has the author's function ask the receiver whether the effect of an attempt that was cut off happened. What happened is
 * completed as if the attempt had answered it.
 * @throws TypeError where the answer says neither, Invalid, NotJson
 */
export async function check(step: StepDefinition, attempt: Attempt): Promise<TaskResult> {
  if (!('check' in step.options) || step.options.check === undefined) throw new TypeError(`step ${step.id} has no check`)
  const found = Found.safeParse(await step.options.check(attempt.call))
  if (!found.success) throw new TypeError(`the check of ${step.id} has to answer { happened: true, output }, { happened: false } or { happened: 'unknown' }`)
  const { data } = found
  if (data.happened === true) return complete(data.output, step.options, attempt, outputSchemaOf(step))
  return { type: 'checked', happened: data.happened === 'unknown' ? null : false, note: data.note ?? null }
}
