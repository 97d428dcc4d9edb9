/**
 * Streams of the journal. A stream watches the feed before it reads anything, so that nothing falls between reading
 * and listening; it knows by position what it has sent, so that nothing is sent twice. Where the feed has moved past
 * it, it reads the journal.
 */
import type { JournalStreamItem, RunStreamItem, SignalItem } from '../contract/streams.ts'
import type { Queries } from '../engine/queries.ts'
import { Refused } from '../model/control-errors.ts'
import type { JournalEntry, Position } from '../model/entry.ts'
import type { RunId } from '../model/ids.ts'
import type { Feed } from './feed.ts'
import type { Watcher } from './watcher.ts'

const page = 500

export interface StreamSource {
  readonly feed: Feed
  readonly queries: Pick<Queries, 'journal'>
}

export async function* journalStream(
  source: StreamSource,
  after: Position,
  abort: AbortSignal | undefined,
): AsyncGenerator<JournalStreamItem, void> {
  const watcher = source.feed.watch({ run: null, abort })
  try {
    let position = after
    yield { type: 'opened', position }
    do {
      const batch = await read(source, position, null)
      for (const entry of batch.entries) yield { type: 'entry', entry }
      position = batch.upTo
    } while (await watcher.more(position))
  } finally {
    watcher.close()
  }
}

export async function* runStream(
  source: StreamSource,
  run: RunId,
  after: Position,
  { recent, abort }: { readonly recent: boolean; readonly abort?: AbortSignal | undefined },
): AsyncGenerator<RunStreamItem, void> {
  const watcher = source.feed.watch({ run, abort, saidBehind: recent ? after : undefined })
  try {
    let position = after
    yield { type: 'opened', position }
    do {
      const batch = await read(source, position, run)
      for (const entry of batch.entries) {
        yield* signals(watcher, entry.position)
        yield { type: 'entry', entry }
      }
      position = batch.upTo
      yield* signals(watcher, position + 1)
    } while (await watcher.more(position))
  } finally {
    watcher.close()
  }
}

/**
 * Where a stream begins that is asked for from here, or from now on.
 * @throws Refused where the journal has not come to `after` yet.
 */
export function startOf(feed: Feed, after: Position | undefined): Position {
  const head = feed.head()
  if (after === undefined || after === head) return head
  if (after < head) return after
  throw new Refused(`the journal has not come to position ${after} yet: it ends at ${head}`, [
    {
      class: 'validation',
      name: 'PositionAhead',
      message: `position ${after} is ahead of the journal, which ends at ${head}`,
      path: 'after',
      wayOut: "the position is another workspace's or an older copy of the store is open: begin again from 0",
    },
  ])
}

/** Entries after a position, and the position up to which there is no other. */
async function read(
  { feed, queries }: StreamSource,
  position: Position,
  run: RunId | null,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly upTo: Position }> {
  const head = feed.head()
  const live = feed.since(position)
  if (live !== undefined) {
    const entries = live.map(({ entry }) => entry).filter((entry) => run === null || entry.run === run)
    return { entries, upTo: Math.max(head, position) }
  }
  const entries = await queries.journal(position, page, run)
  const last = entries.at(-1)?.position ?? position
  return { entries, upTo: entries.length < page ? Math.max(head, last) : last }
}

/** The signals that belong before an entry at this position. */
export function* signals(watcher: Watcher, before: Position): Generator<SignalItem, void> {
  const { missed, said } = watcher.take(before)
  if (missed > 0) yield { type: 'missed', signals: missed }
  for (const { signal } of said) yield { type: 'signal', signal }
}
