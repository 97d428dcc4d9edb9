import { isMalformed } from '../sqlite/reading.ts'
import { isBehind, type RowKey } from './place.ts'

/** A row from a key on, the first of these; undefined where there is none. `unread` where the page cannot be read that it would stand on. */
export type Probe = (from: number) => number | undefined | 'unread'

/**
 * The key of the first row behind a page that cannot be read, of a table whose key is one number; undefined where there is none.
 * `after` is before that page. Of several such pages it may come out behind another than the first.
 */
export function firstBehind(after: number, probe: Probe): number | undefined {
  let [unread, step] = [after, 1]
  while (probe(after + step) === 'unread') {
    unread = after + step
    step *= 2
    if (after + step > Number.MAX_SAFE_INTEGER) return undefined
  }
  let read = after + step
  while (read - unread > 1) {
    const middle = Math.floor((unread + read) / 2)
    if (probe(middle) === 'unread') unread = middle
    else read = middle
  }
  const found = probe(read)
  return found === 'unread' ? undefined : found
}

/** The same of any key: `backwards` reads the keys from the last on, and meets that page. */
export function firstBehindAny(after: RowKey, backwards: Iterable<RowKey>): RowKey | undefined {
  let behind: RowKey | undefined
  try {
    for (const key of backwards) {
      if (!isBehind(key, after)) break
      behind = key
    }
  } catch (error) {
    if (!isMalformed(error)) throw error
  }
  return behind
}
