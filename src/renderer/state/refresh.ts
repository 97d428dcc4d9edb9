import type { QueryClient } from '@tanstack/react-query'
import type { Topic } from './queries.ts'

/** How often at most what follows a topic is read again, in milliseconds. */
const pace = 400

/**
 * Has queries read again whose topic was touched: at once, and while touches go on, once per pace. The last touch is
 * never left out.
 */
export function createRefresher(queries: QueryClient): (topics: ReadonlySet<Topic>) => void {
  const due = new Set<Topic>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const refresh = (): void => {
    const topics = new Set(due)
    due.clear()
    void queries.invalidateQueries({
      predicate: ({ meta }) => meta?.follows?.some((topic) => topics.has(topic)) === true,
    })
  }

  return (topics) => {
    for (const topic of topics) due.add(topic)
    if (timer !== undefined || due.size === 0) return
    refresh()
    timer = setTimeout(function later() {
      timer = undefined
      if (due.size === 0) return
      refresh()
      timer = setTimeout(later, pace)
    }, pace)
  }
}
