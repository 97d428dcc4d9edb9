/**
 * One run whole, then each change of it.
 *
 * The follower watches the feed before it reads the run, so that nothing falls between the two, and begins behind the
 * position that the run was read at, so that nothing comes twice. Where the feed has moved past it, or has not heard of
 * every commit, it begins anew with the run as it then is: however slow it is, nothing piles up for it. So it does where the
 * run goes on with another definition, which comes with a run that is whole.
 */
import type { FollowItem } from '../contract/streams.ts'
import type { Queries } from '../engine/queries.ts'
import type { Position } from '../model/entry.ts'
import type { RunId } from '../model/ids.ts'
import type { RunDetail } from '../model/views.ts'
import type { Feed } from './feed.ts'
import { newestSignals } from './newest-signals.ts'
import { signals } from './streams.ts'
import type { Watcher } from './watcher.ts'

/** How many signals come with the run. */
const mostSignals = 200

export interface FollowSource {
  readonly feed: Feed
  readonly queries: Pick<Queries, 'run' | 'signals'>
}

/** Ends where the run is not there any more. */
export async function* followStream(
  { feed, queries }: FollowSource,
  run: RunId,
  abort: AbortSignal | undefined,
): AsyncGenerator<FollowItem, void> {
  let isBehind = true
  while (isBehind) {
    // All signals of the run that are at hand: those that the store has not written yet are among them.
    const watcher = feed.watch({ run, saidBehind: 0, abort })
    try {
      const [detail, kept] = await Promise.all([queries.run(run), queries.signals(run, mostSignals)])
      if (detail === undefined) return
      const atHand = watcher.take(Number.POSITIVE_INFINITY).said.map(({ signal }) => signal)
      yield { type: 'whole', detail, signals: newestSignals(kept, atHand, mostSignals) }
      isBehind = yield* changes(feed, watcher, detail)
    } finally {
      watcher.close()
    }
  }
}

/** Answers whether it ended because the follower is behind what the feed has at hand, or what it has of the definition is. */
async function* changes(
  feed: Feed,
  watcher: Watcher,
  { record: { id, revision }, position: from }: RunDetail,
): AsyncGenerator<FollowItem, boolean> {
  let position: Position = from
  do {
    const news = feed.since(position)
    if (news === undefined) return true
    position = Math.max(position, feed.head())
    for (const { entry, change } of news) {
      if (change?.record.id !== id) continue
      const { record, steps, attempts, decisions, errors } = change
      if (record.revision !== revision) return true
      yield* signals(watcher, entry.position)
      const rows = { steps: [...steps], attempts: [...attempts], decisions: [...decisions], errors: [...errors] }
      yield { type: 'changed', entry, record, ...rows }
    }
    yield* signals(watcher, position + 1)
  } while (await watcher.more(position))
  return false
}
