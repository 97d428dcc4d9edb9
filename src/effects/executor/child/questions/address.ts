import type { Answer, Question } from '../../../../engine/ports.ts'
import type { StepDefinition } from '../../../../sdk/definition.ts'
import { addressOf } from '../../../http/compose.ts'
import { shownAddress } from '../../../http/shown.ts'
import { commandLineOf } from '../../../shell/command.ts'

type Address = Extract<Question, { type: 'address' }>

/** Whom an e-mail goes to, where a request goes, or what a shell step runs, as things stand now. Nothing is done. */
export async function address(find: (id: string) => StepDefinition, { step: id, view }: Address): Promise<Answer> {
  const step = find(id)
  if (step.kind === 'shell') return { type: 'addressed', recipients: [commandLineOf(await step.command(view))] }
  if (step.kind === 'http') return { type: 'addressed', recipients: [shownAddress(addressOf(String((await step.request(view)).url)))] }
  if (step.kind !== 'email') throw new TypeError(`step ${id} reaches nobody that is known before`)
  // It brings much along, and most processes never write a mail.
  const { recipientsOf } = await import('../../../smtp/compose.ts')
  return { type: 'addressed', recipients: recipientsOf(await step.message(view)) }
}
