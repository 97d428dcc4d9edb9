import { safe } from '@orpc/client'
import type { Api } from '../contract/index.ts'
import type { RunId } from '../model/ids.ts'

/** Those of the runs that are replays, or children of one: for lists of things that name their run and nothing else of it. */
export async function replaysAmong(api: Api, runs: Iterable<RunId>): Promise<ReadonlySet<RunId>> {
  const found = await Promise.all(
    [...new Set(runs)].map(async (run) => {
      // What names a run that is there no more marks nothing.
      const { data } = await safe(api.runs.get({ run }))
      return data?.record.disarmed === true ? [run] : []
    }),
  )
  return new Set(found.flat())
}
