import { skipToken, useQuery } from '@tanstack/react-query'
import type { RunId, WorkflowName } from '../../../model/ids.ts'
import { useApi } from '../../state/client.ts'
import { useNews } from '../../state/news.ts'

/** The workflow that a run is of, which never changes; undefined until it is known, and where no run is asked about. */
export function useWorkflowOf(run: RunId | undefined): WorkflowName | undefined {
  const api = useApi()
  const told = useNews(({ runs }) => (run === undefined ? undefined : runs.get(run)?.workflow))
  const { data } = useQuery({
    queryKey: ['runs', 'workflow', run],
    queryFn: run === undefined || told !== undefined ? skipToken : async () => (await api.runs.get({ run })).record.workflow,
    staleTime: Infinity,
    retry: false,
  })
  return told ?? data
}
