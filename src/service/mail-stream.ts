import type { MailStreamItem, MailSummary } from '../contract/mail.ts'
import { createBacklog } from './backlog.ts'
import type { Mailbox } from './parts.ts'

/** How many messages wait for a slow reader before the oldest are let go. */
const patience = 1_000

/** Messages as they are received, from the moment on at which the stream says that it is open. */
export async function* mailStream(
  mailbox: Pick<Mailbox, 'subscribe'>,
  abort: AbortSignal | undefined,
): AsyncGenerator<MailStreamItem, void> {
  const backlog = createBacklog<MailSummary>(patience, abort)
  const leave = mailbox.subscribe(backlog.push)
  try {
    yield { type: 'opened' }
    while (await backlog.more()) {
      const { missed, items } = backlog.take()
      if (missed > 0) yield { type: 'missed', messages: missed }
      for (const mail of items) yield { type: 'received', mail }
    }
  } finally {
    leave()
  }
}
