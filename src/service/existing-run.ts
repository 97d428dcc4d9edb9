import type { Queries } from '../engine/queries.ts'
import { NotFound } from '../model/control-errors.ts'
import type { RunId } from '../model/ids.ts'

/** What was read of a run. @throws NotFound where there was nothing, since there is no such run */
export function ofRun<T>(value: T | undefined, run: RunId): T {
  if (value === undefined) throw new NotFound('run', run, 'runs.list names those of this workspace')
  return value
}

/** Of a list that is empty, tells a run that has none from one that is not there. @throws NotFound */
export async function assertRun(queries: Pick<Queries, 'run'>, run: RunId): Promise<void> {
  ofRun(await queries.run(run), run)
}
