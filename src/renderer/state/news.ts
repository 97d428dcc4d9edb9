/**
 * The news of the host, as every list shows them. One stream drives the tab: its batches are gathered until the next
 * frame, so that the screen is drawn once for all that came meanwhile.
 *
 * Invariants:
 * 1. A run here is as a commit left it; a newer version takes the place of an older one, never the reverse.
 * 2. Where news may have been lost, everything that is shown is read again.
 */
import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import type { Client } from '../../client/client.ts'
import type { NewsItem } from '../../contract/news.ts'
import type { JournalEntry } from '../../model/entry.ts'
import type { RunId } from '../../model/ids.ts'
import type { RunSummary } from '../../model/views.ts'
import { isPastOnHost, setHostTime } from './now.ts'
import type { Topic } from './queries.ts'
import { createRefresher } from './refresh.ts'

/** How many changed runs are kept at hand; a list reads what it shows, so older ones are in its answer. */
const kept = 2_000
const tickerLength = 30

interface News {
  /** Runs that changed since the tab was opened, those that changed last at the end. */
  readonly runs: ReadonlyMap<RunId, RunSummary>
  /** Those of them that were told of last. */
  readonly lately: ReadonlyMap<RunId, RunSummary>
  /** The newest entries of the journal, newest first. */
  readonly ticker: readonly JournalEntry[]
}

export const useNews = create<News>()(() => ({ runs: new Map(), lately: new Map(), ticker: [] }))

/** The newest that is known of a run: what was read, or what has been told since. */
export function newest(read: RunSummary, told: RunSummary | undefined): RunSummary {
  return told !== undefined && told.version > read.version ? told : read
}

/** Follows the news until the signal aborts. */
export async function followNews(client: Client, queries: QueryClient, signal: AbortSignal): Promise<void> {
  const refresh = createRefresher(queries)
  let waiting: NewsItem[] = []
  let drawn = true

  const draw = (): void => {
    drawn = true
    const items = waiting
    waiting = []
    if (items.some(({ type }) => type === 'opened')) void queries.invalidateQueries()
    const changes = items.filter((item) => item.type === 'changed')
    if (changes.length === 0) return
    const before = useNews.getState()
    const news = merged(before, changes)
    useNews.setState(news)
    refresh(touched(changes, standsElsewhere(before, news)))
  }

  for await (const item of client.watchNews({ signal })) {
    if (item.type === 'opened') setHostTime(item.at)
    else for (const { at } of item.latest) isPastOnHost(at)
    waiting.push(item)
    if (!drawn) continue
    drawn = false
    // A hidden tab gets no frames; it is drawn at once, and has nothing to draw.
    if (document.hidden) draw()
    else requestAnimationFrame(draw)
  }
}

type Change = Extract<NewsItem, { type: 'changed' }>

function merged(news: News, changes: readonly Change[]): News {
  const lately = new Map<RunId, RunSummary>()
  for (const run of changes.flatMap((change) => change.runs)) lately.set(run.id, newest(run, lately.get(run.id)))
  const runs = new Map(news.runs)
  for (const [id, run] of lately) {
    const told = newest(run, runs.get(id))
    runs.delete(id)
    runs.set(id, told)
  }
  for (const id of runs.keys()) {
    if (runs.size <= kept) break
    runs.delete(id)
  }
  const latest = changes.flatMap((change) => change.latest).toReversed()
  return { runs, lately, ticker: [...latest, ...news.ticker].slice(0, tickerLength) }
}

/** Whether any run came, or stands elsewhere than it was known to. */
export function standsElsewhere({ runs }: Pick<News, 'runs'>, { lately }: Pick<News, 'lately'>): boolean {
  return [...lately.values()].some(({ id, status, waiting }) => {
    const before = runs.get(id)
    return before === undefined || before.status !== status || before.waiting !== waiting
  })
}

function touched(changes: readonly Change[], statuses: boolean): ReadonlySet<Topic> {
  const topics = new Set<Topic>(statuses ? ['statuses'] : [])
  for (const { runs, touched: what } of changes) {
    if (runs.length > 0) topics.add('runs')
    if (what.decisions) topics.add('decisions')
    if (what.workflows) topics.add('workflows')
    if (what.host) topics.add('host')
    if (what.removed) for (const topic of ['runs', 'statuses', 'workflows'] as const) topics.add(topic)
  }
  return topics
}
