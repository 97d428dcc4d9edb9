import type { Message } from 'cairn'
import type { Final } from './final.ts'
import type { Input } from './input.ts'

/** The letter as it goes out, in the sender's name. */
export function toMessage({ recipient, sender }: Input, { subject, body }: Final): Message {
  return {
    from: mailbox(sender),
    to: mailbox(recipient),
    replyTo: mailbox(sender),
    subject,
    text: body,
  }
}

/** Name and address as RFC 5322 writes them: the name quoted, so that nothing in it can pass for another address. */
function mailbox({ name, email }: { readonly name: string; readonly email: string }): string {
  return `"${name.replaceAll(/["\\]/g, String.raw`\$&`)}" <${email}>`
}
