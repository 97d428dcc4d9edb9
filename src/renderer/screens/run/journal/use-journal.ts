import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { JournalEntry } from '../../../../model/entry.ts'
import { useApi } from '../../../state/client.ts'
import { usePaced } from '../../../state/paced.ts'
import { useCalmly } from '../state/calm.ts'
import { useRestedMoment } from '../state/view.ts'
import { type Entry, entriesBy } from './entries-by.ts'

const pageSize = 200

export interface RunJournal {
  /** Newest first, without a gap. */
  readonly entries: readonly Entry[]
  readonly isLoading: boolean
  /** Reads older ones; undefined where there are none, or they are on their way. */
  readonly more: (() => void) | undefined
}

/**
 * The journal of the run from its newest entry back, a page at a time; at a moment from the entry that took its checkpoint,
 * for which those that came later are read through. While it is held nothing comes on top of it; what came meanwhile is there
 * once it is let go.
 */
export function useJournal(isAway: boolean): RunJournal {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const moment = useRestedMoment()
  const isHeld = isAway || moment !== undefined
  const newest = useCalmly((known) => known.run.told)
  const { after, entries: told } = usePaced(newest, 0, isHeld)
  const { data, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['journal', run, after],
    queryFn: async ({ pageParam }) => (await api.runs.journal({ run, before: pageParam, limit: pageSize })).entries,
    initialPageParam: after + 1,
    getNextPageParam: (oldest) => (oldest.length < pageSize ? undefined : oldest[0]?.position),
    // Who only watches what comes needs nothing older than what has come.
    enabled: isHeld || told.length < pageSize,
    gcTime: 0,
    staleTime: Infinity,
  })
  const all = useMemo(
    () => [told, ...(data?.pages ?? [])].flatMap((page) => page.toReversed()).filter(isOfRun),
    [told, data],
  )
  const entries = useMemo(() => entriesBy(all, moment), [all, moment])
  return {
    entries,
    isLoading: entries.length === 0 && (isFetching || hasNextPage),
    more: hasNextPage && !isFetching ? () => void fetchNextPage() : undefined,
  }
}

const isOfRun = (entry: JournalEntry): entry is Entry => entry.run !== null
