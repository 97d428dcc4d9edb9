import { skipToken, useQuery } from '@tanstack/react-query'
import type { RunId } from '../../../model/ids.ts'
import type { RunRecord } from '../../../model/run.ts'
import { useApi } from '../../state/client.ts'
import { useNews } from '../../state/news.ts'

export type Sender = Pick<RunRecord, 'workflow' | 'origin'>

/** What run it is that sent something, which never changes; undefined until it is known, and where no run is asked about. */
export function useSender(run: RunId | undefined): Sender | undefined {
  const api = useApi()
  const told = useNews(({ runs }) => (run === undefined ? undefined : runs.get(run)))
  const { data } = useQuery({
    queryKey: ['runs', 'sender', run],
    queryFn: run === undefined || told !== undefined ? skipToken : async () => (await api.runs.get({ run })).record,
    staleTime: Infinity,
    retry: false,
  })
  return told ?? data
}
