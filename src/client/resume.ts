import { ORPCError } from '@orpc/client'
import type { JournalEntry, Position } from '../model/entry.ts'
import type { Millis } from '../model/ids.ts'
import { Disconnected } from './line.ts'

/** How long to wait before the nth attempt in a row to come back, counted from 0; throws where it is given up. */
export type Backoff = (attempt: number) => Millis

/** How a stream comes back. */
export interface Comeback {
  readonly backoff: Backoff
  /** Waits so long, or until the signal aborts or there is reason to come back earlier. */
  readonly pause: (millis: Millis, signal: AbortSignal) => Promise<void>
}

type Open<I> = (options: { signal: AbortSignal }) => Promise<AsyncIterable<I>>

/**
 * A stream that comes back by itself: whenever the connection is lost, it is opened again, and begins with its first
 * item. Ends when the signal aborts, and throws where the host answers with an error.
 */
export async function* reopen<I>(open: Open<I>, signal: AbortSignal, { backoff, pause }: Comeback): AsyncGenerator<I, void> {
  let attempt = 0
  const over = (): boolean => signal.aborted
  while (!over()) {
    try {
      for await (const item of await open({ signal })) {
        attempt = 0
        yield item
      }
    } catch (error) {
      if (over()) return
      if (error instanceof ORPCError && error.code !== 'UNAVAILABLE') throw error
    }
    await pause(backoff(attempt), signal)
    attempt += 1
  }
}

type Item =
  | { readonly type: 'opened'; readonly position: Position }
  | { readonly type: 'entry'; readonly entry: JournalEntry }
  | { readonly type: 'signal' | 'missed' }

/**
 * A stream of the journal that comes back behind the last entry that came, so that each entry comes once and in order.
 * `opened` comes again with every connection; signals said between two connections are missed.
 */
export async function* resume<I extends Item>(
  open: (after: Position | undefined, options: { signal: AbortSignal }) => Promise<AsyncIterable<I>>,
  after: Position | undefined,
  signal: AbortSignal,
  comeback: Comeback,
): AsyncGenerator<I, void> {
  let position = after
  for await (const item of reopen((options) => open(position, options), signal, comeback)) {
    if (item.type === 'opened') position = item.position
    else if (item.type === 'entry') position = item.entry.position
    yield item
  }
}

/** Doubles from 50 ms up to 5 s, for as long as it takes. */
export const backOff: Backoff = (attempt) => Math.min(5_000, 50 * 2 ** attempt)

/** As `backOff`, but given up after so many attempts in a row. */
export function backOffAtMost(attempts: number): Backoff {
  return (attempt) => {
    if (attempt >= attempts) throw new Disconnected('the host is gone, and does not come back')
    return backOff(attempt)
  }
}
