import type { Answer, Question } from '../../../../engine/ports.ts'
import type { Json } from '../../../../model/json.ts'
import type { StepDefinition } from '../../../../sdk/definition.ts'
import { outputSchemaOf } from '../output-schema.ts'
import { validate } from '../validate.ts'

type Find = (id: string) => StepDefinition
type Vouch = Extract<Question, { type: 'vouch' }>

/** An output that a person gives for a step: whatever the step may answer. */
export async function vouch(find: Find, { step, output }: Vouch): Promise<Answer> {
  return { type: 'vouched', output: await givenOutput(find, step, output) }
}

/** What the step's schema makes of an output that a person wrote or changed. @throws Invalid */
export async function givenOutput(find: Find, id: string, output: Json): Promise<Json> {
  const schema = outputSchemaOf(find(id))
  return schema === undefined ? output : validate(schema, output, id, `correct the edit: step ${id} says what its output may be`)
}
