import { withEventMeta } from '@orpc/server'
import { type JournalEntry, Position } from '../model/entry.ts'
import { isAnswer, toAnswer } from './answers.ts'
import type { ServiceParts } from './parts.ts'

/**
 * A stream as it is answered: entries carry their position as the event's id, so that a browser's event source comes
 * back to where it was; what is thrown becomes the contract's error.
 */
export async function* answering<Item extends { readonly type: string; readonly entry?: JournalEntry }>(
  parts: Pick<ServiceParts, 'troubled'>,
  items: AsyncGenerator<Item, void>,
): AsyncGenerator<Item, void> {
  try {
    for await (const item of items) {
      yield item.entry === undefined ? item : withEventMeta(item, { id: String(item.entry.position) })
    }
  } catch (error) {
    const answer = toAnswer(error)
    if (!isAnswer(answer)) parts.troubled('a stream failed', error)
    throw answer
  }
}

/** Where a stream goes on: behind the last event that the caller got, else where it asks. */
export function resumeFrom(lastEventId: string | undefined, after: Position | undefined): Position | undefined {
  const last = Position.safeParse(Number(lastEventId ?? Number.NaN))
  return last.success ? last.data : after
}
