import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ErrorGroups, GroupPlace } from '../../../../model/error-query.ts'
import type { ErrorGroup } from '../../../../model/error-record.ts'
import type { DamagedRuns } from '../../../../model/views.ts'
import { useApi } from '../../../state/client.ts'
import { hostTime } from '../../../state/now.ts'
import { type Asked, ranges } from '../search.ts'

const page = 50

export interface Listing {
  /** As far as they were read, the newest first; undefined until the first are known. */
  readonly groups: readonly ErrorGroup[] | undefined
  readonly total: ErrorGroups['total'] | undefined
  /** Whether anything has ever gone wrong. */
  readonly ever: boolean
  /** Runs whose errors cannot be read, of the groups that were. */
  readonly damaged: DamagedRuns
  readonly error: Error | null
  /** Reads on, where there is more and nothing is being read. */
  readonly readOn: () => void
}

/** Like errors together, page by page; what goes wrong meanwhile comes by itself. */
export function useErrorGroups({ within, class: of, workflow, outcome }: Asked): Listing {
  const api = useApi()
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['errors', 'groups', within, of, workflow, outcome],
    queryFn: async ({ pageParam }) => {
      const since = (await hostTime()) - ranges[within].length
      return api.errorRecords.groups({ since, class: of, workflow, status: outcome, limit: page, ...(pageParam !== null && { after: pageParam }) })
    },
    initialPageParam: ((): GroupPlace | null => null)(),
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    meta: { follows: ['runs', 'statuses', 'host'], pace: 1_000 },
  })
  const groups = useMemo(() => data && onceEach(data.pages.flatMap((each) => each.groups)), [data])
  const damaged = useMemo(() => [...new Set(data?.pages.flatMap((each) => each.damaged))], [data])
  return {
    groups,
    total: data?.pages[0]?.total,
    ever: data?.pages[0]?.ever ?? false,
    damaged,
    error,
    readOn: () => void (hasNextPage && !isFetching && fetchNextPage()),
  }
}

/** A group that came anew while pages were read stands on two of them. */
function onceEach(groups: readonly ErrorGroup[]): readonly ErrorGroup[] {
  return [...new Map(groups.toReversed().map((group) => [group.fingerprint, group])).values()].toReversed()
}
