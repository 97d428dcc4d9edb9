import { useInfiniteQuery } from '@tanstack/react-query'
import type { ErrorPlace } from '../../../../model/error-query.ts'
import { useApi } from '../../../state/client.ts'

const page = 20

/** A group with all its errors, of whatever time and outcome, the newest first. */
export function useGroup(fingerprint: string) {
  const api = useApi()
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['errors', 'group', fingerprint],
    queryFn: ({ pageParam }) => api.errorRecords.ofGroup({ fingerprint, since: 0, limit: page, ...(pageParam !== null && { after: pageParam }) }),
    initialPageParam: ((): ErrorPlace | null => null)(),
    getNextPageParam: ({ next }) => next,
    meta: { follows: ['runs', 'statuses', 'host'], pace: 1_000 },
  })
  return {
    /** Null where nothing is like that any more; undefined until that is known. */
    group: data?.pages[0]?.group,
    errors: data?.pages.flatMap((each) => each.errors) ?? [],
    error,
    hasMore: hasNextPage,
    readOn: () => void (isFetching || fetchNextPage()),
  }
}
