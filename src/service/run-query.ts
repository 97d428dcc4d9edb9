import type { Clock } from '../engine/ports.ts'
import { Refused } from '../model/control-errors.ts'
import type { RunQuery } from '../model/found-runs.ts'
import type { RunId } from '../model/ids.ts'
import { parse } from '../model/query/parse.ts'

/** A query as it was written, up to and with a run where one is named. Ages in it count from now. @throws Refused */
export function runQuery({ query, upTo }: { query: string; upTo?: RunId | undefined }, clock: Pick<Clock, 'now'>): RunQuery {
  const { terms, problems } = parse(query)
  const [first] = problems
  if (first === undefined) return { terms, now: clock.now(), upTo: upTo ?? null }
  throw new Refused(
    `the query cannot be read: ${first.message}; ${first.wayOut}`,
    problems.map(({ message, wayOut }) => ({ class: 'validation', name: 'QueryRefused', message, wayOut, path: 'query' })),
  )
}
