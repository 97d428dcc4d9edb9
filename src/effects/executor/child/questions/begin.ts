import type { Answer } from '../../../../engine/ports.ts'
import type { Json } from '../../../../model/json.ts'
import type { Definition } from '../../../../sdk/definition.ts'
import { validate } from '../validate.ts'

/** Checks what a run is to begin with: the input, then the context as `enrich` completes it. */
export async function begin(definition: Definition, given: { input: Json; context: Json }): Promise<Answer> {
  const input = await validate(definition.input, given.input, 'input', 'correct the input and start again')
  const context = definition.enrich === undefined ? given.context : await definition.enrich(given.context)
  const wayOut = `give the context that workflow ${definition.name} asks for, or let its enrich complete it`
  return { type: 'began', input, context: await validate(definition.context, context, 'context', wayOut) }
}
