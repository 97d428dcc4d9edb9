/** Answers searches. What a run is comes from its checked row: the index only says which runs, and how many. */
import { z } from 'zod'
import type { FoundRun, FoundRuns, RunCounts, RunQuery, RunSearch, RunSort } from '../../../model/found-runs.ts'
import { RunId } from '../../../model/ids.ts'
import { RunStatus } from '../../../model/status.ts'
import type { RunSummary } from '../../../model/views.ts'
import { summaryOf } from '../../format/summary.ts'
import { removedRunReader } from '../../read/removed-runs.ts'
import { runReader } from '../../read/runs.ts'
import type { OpenIndex } from '../open-index.ts'
import { parsed } from '../parsed.ts'
import { IndexBroken } from '../index-broken.ts'
import { damagedRuns } from './damaged-runs.ts'
import { allOf, type Condition, conditionsOf, textsIn } from './condition.ts'
import { hearing } from './hearing.ts'

const Counted = z.array(z.object({ status: RunStatus, count: z.int() }))
const Found = z.array(z.object({ run: RunId, version: z.int() }))

export function runAnswers({ index, store, position }: OpenIndex) {
  const runs = runReader(store)
  const removed = removedRunReader(store)
  const damaged = damagedRuns(index, store)
  const hear = hearing(index)
  const newest = index.prepare<[], string>('SELECT id FROM run ORDER BY number DESC LIMIT 1').pluck()

  const conditionOf = (query: RunQuery): Condition => {
    hear(textsIn(query.terms))
    const conditions = [...conditionsOf(query), ...damaged.conditions()]
    if (query.upTo !== null) conditions.push({ sql: 'number <= ?', given: [runs.numberOf(query.upTo) ?? removed.numberOf(query.upTo) ?? 0] })
    return allOf(conditions)
  }

  const summary = (id: RunId): RunSummary[] => {
    const row = runs.byId(id)
    if (row !== undefined) return [summaryOf(row)]
    // Removed since: the next answer knows of it.
    if (removed.numberOf(id) !== undefined) return []
    throw new IndexBroken(`it has run ${id}, which the store has not`)
  }

  const page = (search: RunSearch): Omit<FoundRuns, 'damaged'> => {
    const { sql, given } = conditionOf(search)
    const total = index.prepare<unknown[], number>(`SELECT count(*) FROM run WHERE ${sql}`).pluck().get(...given) ?? 0
    const ids = index
      .prepare<unknown[], string>(`SELECT id FROM run WHERE ${sql} ORDER BY ${orderOf(search.sort)} LIMIT ? OFFSET ?`)
      .pluck()
      .all(...given, search.limit, search.offset)
      .map((id) => parsed(RunId, id))
    const found = ids.flatMap((id) => damaged.telling(id, () => summary(id)) ?? [])
    return { position: position(), total, runs: found, newest: parsed(RunId.nullable(), newest.get() ?? null) }
  }

  return {
    search: (search: RunSearch): FoundRuns => {
      damaged.now()
      for (;;) {
        const { known } = damaged
        const found = page(search)
        // What turned out to be damaged moves the rows behind it up.
        if (damaged.known === known) return { ...found, damaged: damaged.now() }
      }
    },

    counts: (query: RunQuery): RunCounts => {
      const { sql, given } = conditionOf({ ...query, terms: query.terms.filter(({ field }) => field !== 'status') })
      const rows = index.prepare(`SELECT status, count(*) AS count FROM run WHERE ${sql} GROUP BY status`).all(...given)
      const counted = new Map(parsed(Counted, rows).map(({ status, count }) => [status, count]))
      return { byStatus: byStatus((status) => counted.get(status) ?? 0) }
    },

    matching: (query: RunQuery): readonly FoundRun[] => {
      const { sql, given } = conditionOf(query)
      const rows = index.prepare(`SELECT id AS run, seen AS version FROM run WHERE ${sql} ORDER BY number DESC`).all(...given)
      return parsed(Found, rows)
    },
  }
}

/** Chosen from a table: no word of the caller's becomes SQL. */
const columns: Readonly<Record<RunSort['by'], string>> = {
  started: 'started',
  ended: 'ended',
  duration: 'ended - started',
  workflow: 'workflow',
  status: 'status',
}

/** Each of these is read off an index, both ways. */
function orderOf(sort: RunSort | null): string {
  if (sort === null) return 'number DESC'
  const way = sort.descending ? 'DESC' : 'ASC'
  return `${columns[sort.by]} ${way} NULLS LAST, number ${way}`
}

function byStatus(count: (status: RunStatus) => number): RunCounts['byStatus'] {
  return z.record(RunStatus, z.int()).parse(Object.fromEntries(RunStatus.options.map((status) => [status, count(status)])))
}
