import type { Query, QueryClient } from '@tanstack/react-query'
import type { Topic } from './queries.ts'

/** How often at most what follows a topic is read again, in milliseconds. */
const pace = 400

/**
 * Has queries read again whose topic was touched: at once, and while touches go on, once per pace. The last touch is
 * never left out. A query that is still being read is let finish, however long it takes, and then read again: were it
 * begun anew with each touch, one that takes longer than the pace would never have an answer.
 */
export function createRefresher(queries: QueryClient): (topics: ReadonlySet<Topic>) => void {
  const due = new Set<Topic>()
  /** Hashes of queries that were touched while they were being read. */
  let late = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const refresh = (): void => {
    const topics = new Set(due)
    const before = late
    due.clear()
    late = new Set()
    const isTouched = ({ meta, queryHash }: Query): boolean =>
      before.has(queryHash) || meta?.follows?.some((topic) => topics.has(topic)) === true
    const touched = queries.getQueryCache().findAll({ predicate: isTouched })
    const idle = new Set(touched.filter(({ state }) => state.fetchStatus === 'idle'))
    for (const query of touched) if (!idle.has(query)) late.add(query.queryHash)
    void queries.invalidateQueries({ predicate: (query) => idle.has(query) })
  }

  return (topics) => {
    for (const topic of topics) due.add(topic)
    if (timer !== undefined || due.size === 0) return
    refresh()
    timer = setTimeout(function later() {
      timer = undefined
      if (due.size === 0 && late.size === 0) return
      refresh()
      timer = setTimeout(later, pace)
    }, pace)
  }
}
