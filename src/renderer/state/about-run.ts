import { skipToken, useQuery } from '@tanstack/react-query'
import type { RunId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import { useApi } from './client.ts'
import { useNews } from './news.ts'

export type AboutRun = Pick<RunRecord, 'workflow' | 'origin' | 'disarmed'>

/** What run it is, which never changes, where a screen has nothing but its id; undefined until it is known, and where no run is asked about. */
export function useAboutRun(run: RunId | undefined): AboutRun | undefined {
  const api = useApi()
  const told = useNews(({ runs }) => (run === undefined ? undefined : runs.get(run)))
  const { data } = useQuery({
    queryKey: ['runs', 'about', run],
    queryFn: run === undefined || told !== undefined ? skipToken : async () => (await api.runs.get({ run })).record,
    staleTime: Infinity,
    retry: false,
  })
  return told ?? data
}
