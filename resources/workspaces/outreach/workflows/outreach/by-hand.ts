import { z } from 'cairn'
import type { Final } from './final.ts'
import type { Input } from './input.ts'

/** What a person needs to send a letter that the mail server would not take. */
export const ByHand = z.object({
  instruction: z.string(),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
})
export type ByHand = z.infer<typeof ByHand>

export function byHand({ recipient, sender }: Input, { subject, body }: Final): ByHand {
  return {
    instruction: `The mail server did not take this letter. ${sender.name} sends it by hand to ${recipient.email}.`,
    to: recipient.email,
    subject,
    body,
  }
}
