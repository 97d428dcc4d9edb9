import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RunPage } from '../../../../model/views.ts'
import { useApi } from '../../../state/client.ts'
import { useCalmly } from '../state/calm.ts'

/** How many of them are listed; the list of runs has all. */
export const mostListed = 20

export interface Replays {
  readonly runs: RunPage['runs']
  readonly total: number
  /** Finds them in the list of runs. */
  readonly query: string
}

/** The runs that were begun as replays of the one that is shown, newest first; undefined until they are known. */
export function useReplays(): Replays | undefined {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const query = `replay:${run}`
  const { data } = useQuery({
    queryKey: ['runs', 'replays', run],
    queryFn: ({ signal }) => api.runs.search({ query, limit: mostListed }, { signal }),
    meta: { follows: ['statuses'], pace: 3_000 },
    placeholderData: keepPreviousData,
  })
  return data === undefined ? undefined : { runs: data.runs, total: data.total, query }
}
