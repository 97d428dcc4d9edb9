import { useQuery } from '@tanstack/react-query'
import type { Outputs } from '../../contract/index.ts'
import { useApi } from './client.ts'

export type AttentionItem = Outputs['attention']['list']['items'][number]

/** What needs a person, most urgent first; undefined until it is known. */
export function useAttention(): readonly AttentionItem[] | undefined {
  const api = useApi()
  return useQuery({
    queryKey: ['attention'],
    queryFn: () => api.attention.list({}),
    meta: { follows: ['statuses', 'decisions', 'workflows', 'host'] },
  }).data?.items
}
