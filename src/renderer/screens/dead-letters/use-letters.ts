import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DeadLetter, DeadLetterPlace } from '../../../model/dead-letter.ts'
import type { DamagedRuns } from '../../../model/views.ts'
import { useApi } from '../../state/client.ts'

export interface Queue {
  readonly letters: readonly DeadLetter[] | undefined
  /** Runs of what was read that cannot be told of. */
  readonly damaged: DamagedRuns
  /** How many stand in the queue in all, those of damaged runs too. */
  readonly total: number | undefined
  /** How many may. */
  readonly most: number | undefined
  readonly error: Error | null
  /** Reads the next page; undefined where there is none. */
  readonly readOn: (() => void) | undefined
}

/** The dead-letter queue as far as it has been read, what has stood longest first. */
export function useLetters(): Queue {
  const api = useApi()
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['dead-letters'],
    queryFn: ({ pageParam, signal }) => api.deadLetters.list({ limit: 500, ...(pageParam !== null && { after: pageParam }) }, { signal }),
    initialPageParam: ((): DeadLetterPlace | null => null)(),
    getNextPageParam: ({ next }) => next,
    meta: { follows: ['decisions', 'host'] },
  })
  const damaged = useMemo(() => [...new Set(data?.pages.flatMap((each) => each.damaged))], [data])
  return {
    letters: data?.pages.flatMap(({ letters }) => letters),
    damaged,
    total: data?.pages[0]?.total,
    most: data?.pages[0]?.most,
    error,
    readOn: hasNextPage ? () => void fetchNextPage() : undefined,
  }
}
