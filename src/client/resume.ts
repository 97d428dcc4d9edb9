import { ORPCError } from '@orpc/client'
import type { JournalEntry, Position } from '../model/entry.ts'
import { Disconnected } from './line.ts'

type Item =
  | { readonly type: 'opened'; readonly position: Position }
  | { readonly type: 'entry'; readonly entry: JournalEntry }
  | { readonly type: 'signal' | 'missed' }

/**
 * Waits before the nth attempt in a row to come back, counted from 0; resolves early where the signal aborts, and
 * rejects where it is given up.
 */
export type Pause = (attempt: number, signal: AbortSignal) => Promise<void>

/**
 * A stream that comes back by itself: whenever the connection is lost, it is opened again behind the last entry that
 * came, so that each entry comes once and in order. `opened` comes again with every connection; signals said between
 * two connections are missed. Ends when the signal aborts, and throws where the host answers with an error.
 */
export async function* resume<I extends Item>(
  open: (after: Position | undefined, options: { signal: AbortSignal }) => Promise<AsyncIterable<I>>,
  after: Position | undefined,
  signal: AbortSignal,
  pause: Pause,
): AsyncGenerator<I, void> {
  let position = after
  let attempt = 0
  const over = (): boolean => signal.aborted
  while (!over()) {
    try {
      for await (const item of await open(position, { signal })) {
        if (item.type === 'opened') position = item.position
        else if (item.type === 'entry') position = item.entry.position
        attempt = 0
        yield item
      }
    } catch (error) {
      if (over()) return
      if (error instanceof ORPCError && error.code !== 'UNAVAILABLE') throw error
    }
    await pause(attempt, signal)
    attempt += 1
  }
}

/** Doubles from 50 ms up to 5 s, for as long as it takes. */
export const backOff: Pause = (attempt, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(done, Math.min(5_000, 50 * 2 ** attempt))
    signal.addEventListener('abort', done, { once: true })

    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })

/** As `backOff`, but given up after so many attempts in a row. */
export function backOffAtMost(attempts: number): Pause {
  return async (attempt, signal) => {
    if (attempt >= attempts) throw new Disconnected('the host is gone, and does not come back')
    await backOff(attempt, signal)
  }
}
