/**
 * What changes, gathered for lists. It keeps nothing of its own: each item is made of what the feed has at hand at that
 * moment, so a run that changed ten times while the reader was busy is told once, as it is. Where the feed has moved
 * past the reader, or has not heard of every commit, the stream says that it is opened anew.
 */
import type { NewsItem, Touched } from '../contract/news.ts'
import type { Clock } from '../engine/ports.ts'
import type { Position } from '../model/entry.ts'
import type { HostEvent } from '../model/event.ts'
import type { RunId } from '../model/ids.ts'
import type { RunSummary } from '../model/views.ts'
import type { Feed, News } from './feed.ts'
import type { Touch } from './watcher.ts'

/** Between two items, in milliseconds. The first after a silence comes at once. */
const pace = 25

/** How many entries an item names for a ticker. */
const mostLatest = 10

const touchedBy: { readonly [T in HostEvent['type']]: Touch | 'removed' } = {
  host_started: 'host',
  host_stopped: 'host',
  runs_taken_up: 'host',
  workflow_loaded: 'workflows',
  workflow_refused: 'workflows',
  folder_trusted: 'host',
  policy_changed: 'host',
  policy_refused: 'host',
  integrity_alarm: 'host',
  breaker_opened: 'host',
  breaker_closed: 'host',
  throttle_set: 'host',
  throttle_lifted: 'host',
  backup_made: 'host',
  backup_restored: 'host',
  key_rotated: 'host',
  store_encrypted: 'host',
  damage_found: 'host',
  damage_mended: 'host',
  runs_removed: 'removed',
  checkpoints_removed: 'removed',
  entry_removed: 'removed',
}

export async function* newsStream(
  { feed, clock }: { readonly feed: Feed; readonly clock: Clock },
  abort: AbortSignal | undefined,
): AsyncGenerator<NewsItem, void> {
  const watcher = feed.watch({ run: null, touches: true, abort })
  try {
    let position = feed.head()
    yield { type: 'opened', position, at: clock.now() }
    while (await watcher.more(position)) {
      const news = feed.since(position)
      position = feed.head()
      const next = clock.now() + pace
      const touches = watcher.takeTouched()
      yield news === undefined ? { type: 'opened', position, at: clock.now() } : gathered(news, touches, position)
      await watcher.rest((call) => clock.at(next, call))
    }
  } finally {
    watcher.close()
  }
}

function gathered(news: readonly News[], touches: ReadonlySet<Touch>, position: Position): NewsItem {
  const runs = new Map<RunId, RunSummary>()
  const touched: Touched = { decisions: false, workflows: touches.has('workflows'), host: touches.has('host'), removed: false }
  for (const { entry, change } of news) {
    if (entry.run === null) for (const { type } of entry.events) touched[touchedBy[type]] = true
    if (change === null) continue
    runs.set(change.summary.id, change.summary)
    if (change.decisions.length > 0) touched.decisions = true
  }
  const latest = news.slice(-mostLatest).map(({ entry }) => entry)
  return { type: 'changed', position, runs: [...runs.values()], latest, touched }
}
