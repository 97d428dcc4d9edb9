import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { JournalEntry, RunEntry } from '../../../../model/entry.ts'
import { useApi } from '../../../state/client.ts'
import { useFollowed } from '../state/following.ts'

const pageSize = 1_000
/** So many pages are read unasked. */
const pagesAtFirst = 5

export type Entry = Extract<JournalEntry, { run: RunEntry['run'] }>

export interface RunJournal {
  /** Newest first. */
  readonly entries: readonly Entry[]
  readonly isLoading: boolean
  /** Set where entries are left out between the oldest that were read and those that came since. */
  readonly more: (() => void) | undefined
}

/** The entries of the run, those that came since it was opened included. */
export function useJournal(): RunJournal {
  const api = useApi()
  const run = useFollowed((known) => known.run.detail.record.id)
  const live = useFollowed((known) => known.run.entries)
  const { data, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['journal', run],
    queryFn: async ({ pageParam }) => (await api.runs.journal({ run, after: pageParam, limit: pageSize })).entries,
    initialPageParam: 0,
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.position),
    // What it holds is where it ended when it was read: a screen that is opened again reads on from its first page.
    gcTime: 0,
  })
  const pages = data?.pages.length ?? 0
  useEffect(() => {
    if (hasNextPage && !isFetching && pages < pagesAtFirst) void fetchNextPage()
  }, [hasNextPage, isFetching, pages, fetchNextPage])
  const entries = useMemo(() => joined(data?.pages.flat() ?? [], live), [data, live])
  return {
    entries,
    isLoading: data === undefined,
    more: hasNextPage && pages >= pagesAtFirst ? () => void fetchNextPage() : undefined,
  }
}

/** Newest first; what came live was perhaps read, too. */
function joined(read: readonly JournalEntry[], live: readonly JournalEntry[]): Entry[] {
  const last = read.at(-1)?.position ?? 0
  return [...read, ...live.filter(({ position }) => position > last)].filter(isOfRun).toReversed()
}

const isOfRun = (entry: JournalEntry): entry is Entry => entry.run !== null
