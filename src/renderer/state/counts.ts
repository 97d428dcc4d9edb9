import { useQuery } from '@tanstack/react-query'
import type { Outputs } from '../../contract/index.ts'
import { useApi } from './client.ts'

/** How many runs stand where, now. */
export function useCounts(): Outputs['metrics']['now'] | undefined {
  const api = useApi()
  return useQuery({
    queryKey: ['metrics', 'now'],
    queryFn: () => api.metrics.now(),
    meta: { follows: ['statuses', 'decisions', 'host'] },
  }).data
}
