import type { Queries } from '../engine/queries.ts'
import { NotFound } from '../model/control-errors.ts'
import { dayOf } from '../model/day.ts'
import type { RunId } from '../model/ids.ts'
import { howRemoved } from '../model/retention.ts'

type Reading = Pick<Queries, 'run' | 'removed'>

/** What was read of a run. @throws NotFound where there was nothing, since there is no such run, or none any more */
export async function ofRun<T>(queries: Reading, run: RunId, read: Promise<T | undefined>): Promise<T> {
  const value = await read
  if (value !== undefined) return value
  const removed = await queries.removed(run)
  if (removed === undefined) throw new NotFound('run', run, 'runs.list names those of this workspace')
  const { workflow, status, endedAt } = removed
  const wayOut = `${howRemoved(removed)}: it was of ${workflow}, and ${status} on ${dayOf(endedAt)}`
  throw new NotFound('run', run, wayOut, removed)
}

/** Of a list that is empty, tells a run that has none from one that is not there. @throws NotFound */
export async function assertRun(queries: Reading, run: RunId): Promise<void> {
  await ofRun(queries, run, queries.run(run))
}
