import type { Answer, Question } from '../../../../engine/ports.ts'
import type { Json } from '../../../../model/json.ts'
import type { Definition, StepDefinition } from '../../../../sdk/definition.ts'
import { outputSchemaOf } from '../output-schema.ts'
import { edited } from './edited.ts'

type Find = (id: string) => StepDefinition
type Vouch = Extract<Question, { type: 'vouch' }>

/** A value that a person gives: an output, which is whatever the step may answer, or the input. */
export async function vouch({ input, name }: Definition, find: Find, { step, output, before }: Vouch): Promise<Answer> {
  if (step !== null) return { type: 'vouched', output: await givenOutput(find, { step, output, before }) }
  const wayOut = `correct the edit: workflow ${name} says what its input may be`
  return { type: 'vouched', output: await edited(input, { value: output, before, path: 'input', wayOut }) }
}

interface GivenOutput {
  readonly step: string
  /** The step whose schema speaks of it, where that is another: the fallback that made what was edited. */
  readonly speaker?: string | null
  readonly output: Json
  /** What stood there and was edited; null where the output is a new one. */
  readonly before: Json
}

/** What the schema makes of an output that a person wrote or changed. @throws Invalid */
export async function givenOutput(find: Find, { step, speaker, output, before }: GivenOutput): Promise<Json> {
  const says = speaker ?? step
  const schema = outputSchemaOf(find(says))
  const wayOut = `correct the edit: step ${says} says what its output may be`
  return schema === undefined ? output : edited(schema, { value: output, before, path: step, wayOut })
}
