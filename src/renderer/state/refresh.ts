/**
 * Has queries read again whose topic was touched.
 *
 * Invariants:
 * 1. The first touch has the query read at once. From then on it keeps its pace, and a slower one where answers take
 *    long: what changes all the time costs the host a bounded share of its time.
 * 2. The last touch is never left out: what is touched while it is read, or at rest, is read again after that.
 * 3. A reading is let finish. Begun anew with each touch, one that takes long would never have an answer.
 */
import type { Query, QueryClient } from '@tanstack/react-query'
import type { Topic } from './queries.ts'

/** From one reading to the next at least, in milliseconds; a query's `meta` may say another. */
const usualPace = 400

/** A query rests so many times as long as its answer took, but no longer than this: a host may have been away meanwhile. */
const restShare = 3
const longestRest = 2_000

export function createRefresher(queries: QueryClient): (topics: ReadonlySet<Topic>) => void {
  const cache = queries.getQueryCache()
  /** Queries that are being read or at rest, by their hash, and whether they were touched since they were asked. */
  const busy = new Map<string, { isTouched: boolean }>()

  const touch = (query: Query): void => {
    const present = busy.get(query.queryHash)
    if (present === undefined) void read(query)
    else present.isTouched = true
  }

  const read = async ({ queryHash, meta, state }: Query): Promise<void> => {
    // A reading that is under way already may be of the time before the touch.
    const present = { isTouched: state.fetchStatus !== 'idle' }
    busy.set(queryHash, present)
    const asked = performance.now()
    await queries.invalidateQueries({ predicate: (query) => query.queryHash === queryHash }, { cancelRefetch: false })
    const took = performance.now() - asked
    const rest = Math.max((meta?.pace ?? usualPace) - took, Math.min(longestRest, restShare * took))
    await new Promise((resolve) => setTimeout(resolve, rest))
    busy.delete(queryHash)
    const query = cache.get(queryHash)
    if (present.isTouched && query !== undefined) void read(query)
  }

  return (topics) => {
    for (const query of cache.getAll()) if (query.meta?.follows?.some((topic) => topics.has(topic))) touch(query)
  }
}
