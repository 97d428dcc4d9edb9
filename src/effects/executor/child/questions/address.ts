import type { Answer, Question } from '../../../../engine/ports.ts'
import type { StepDefinition } from '../../../../sdk/definition.ts'
import { recipientsOf } from '../../../smtp/compose.ts'

type Address = Extract<Question, { type: 'address' }>

/** Whom the message of an e-mail step goes to, as it would be written now. Nothing is sent. */
export async function address(find: (id: string) => StepDefinition, { step: id, view }: Address): Promise<Answer> {
  const step = find(id)
  if (step.kind !== 'email') throw new TypeError(`step ${id} sends no e-mail`)
  return { type: 'addressed', recipients: recipientsOf(await step.message(view)) }
}
