import type { TaskResult } from '../../../engine/ports.ts'
import { StepId } from '../../../model/ids.ts'
import type { WorkOptions } from '../../../sdk/definition.ts'
import type { Attempt } from './attempt.ts'
import { asJson } from './json.ts'
import { textsMarked } from './marked.ts'
import { validate } from './validate.ts'

/**
 * A handler has answered: what its schema makes of that is the output, from which `next` chooses. What the schema marks of
 * both is secret, whether it is taken or not.
 * @throws Invalid, NotJson, and whatever code of the definition throws
 */
export async function complete(
  answer: unknown,
  options: Pick<WorkOptions, 'output' | 'next'>,
  { work: { view, iteration, step }, secrets }: Pick<Attempt, 'work' | 'secrets'>,
  schema = options.output,
): Promise<TaskResult> {
  const wayOut = `let step ${step} answer what its output schema says, or change the schema`
  const made = [answer]
  try {
    const output = schema === undefined ? asJson(answer ?? null, 'output') : await validate(schema, answer, 'output', wayOut)
    made.push(output)
    const next = await options.next?.choose({ ...view, output, iteration })
    return { type: 'completed', output, next: target(next, options.next?.to) }
  } finally {
    // There may be more than a call takes arguments.
    for (const text of made.flatMap((value) => textsMarked(schema, value))) secrets.push(text)
  }
}

/** The step that `choose` named, or null. @throws RangeError where `to` does not list it */
export function target(chosen: unknown, to: readonly string[] = []): StepId | null {
  if (chosen === undefined || chosen === null) return null
  if (typeof chosen === 'string' && to.includes(chosen)) return StepId.parse(chosen)
  throw new RangeError(`next chose ${JSON.stringify(chosen)}, which is not one of ${JSON.stringify(to)}: add it to next.to`)
}
