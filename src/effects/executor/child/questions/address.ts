import type { Answer, Question } from '../../../../engine/ports.ts'
import type { StepDefinition } from '../../../../sdk/definition.ts'
import { commandLineOf } from '../../../shell/command.ts'
import { recipientsOf } from '../../../smtp/compose.ts'

type Address = Extract<Question, { type: 'address' }>

/** Whom the message of an e-mail step goes to, or what a shell step runs, as things stand now. Nothing is done. */
export async function address(find: (id: string) => StepDefinition, { step: id, view }: Address): Promise<Answer> {
  const step = find(id)
  if (step.kind === 'shell') return { type: 'addressed', recipients: [commandLineOf(await step.command(view))] }
  if (step.kind !== 'email') throw new TypeError(`step ${id} reaches nobody that is known before`)
  return { type: 'addressed', recipients: recipientsOf(await step.message(view)) }
}
