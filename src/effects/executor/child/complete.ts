import type { TaskResult } from '../../../engine/ports.ts'
import { StepId } from '../../../model/ids.ts'
import type { WorkOptions } from '../../../sdk/definition.ts'
import type { Work } from '../protocol.ts'
import { asJson } from './json.ts'
import { validate } from './validate.ts'

/**
 * A handler has answered: what its schema makes of that is the output, from which `next` chooses.
 * @throws Invalid, NotJson
 */
export async function complete(answer: unknown, options: Pick<WorkOptions, 'output' | 'next'>, work: Work, schema = options.output): Promise<TaskResult> {
  const { view, iteration, step } = work
  const wayOut = `let step ${step} answer what its output schema says, or change the schema`
  const output =
    schema === undefined ? asJson(answer ?? null, 'output') : await validate(schema, answer, 'output', wayOut)
  const next = await options.next?.choose({ ...view, output, iteration })
  return { type: 'completed', output, next: target(next, options.next?.to) }
}

/** The step that `choose` named, or null. @throws RangeError where `to` does not list it */
export function target(chosen: unknown, to: readonly string[] = []): StepId | null {
  if (chosen === undefined || chosen === null) return null
  if (typeof chosen === 'string' && to.includes(chosen)) return StepId.parse(chosen)
  throw new RangeError(`next chose ${JSON.stringify(chosen)}, which is not one of ${JSON.stringify(to)}: add it to next.to`)
}
