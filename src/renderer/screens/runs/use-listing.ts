/**
 * The list that is shown. Its rows count from one run, the newest when it was made, so that they stay where they are
 * while others come. Beside it the head is read: the newest of the same list, as it is now.
 *
 * Invariants:
 * 1. A list that is shown from its top takes in what starts, and what comes to fit the query, by itself.
 * 2. A list is replaced only by one whose first rows have been read, so that nothing goes blank.
 * 3. While somebody reads further down, or has marked runs, the list changes only when that person asks for it.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { FoundRuns } from '../../../model/found-runs.ts'
import { parse } from '../../../model/query/parse.ts'
import type { Asked } from '../../../model/query/terms.ts'
import { useApi } from '../../state/client.ts'
import { hostNow } from '../../state/now.ts'
import { type Beginning, newcomers } from './newcomers.ts'
import { pageSize } from './pages.ts'
import { placeIn } from './place-in-list.ts'
import { type Asking, keyOf, newestFirst, sameAsking, writeSort } from './search.ts'

export interface Listing extends Beginning {
  readonly asking: Asking
  /** How many rows there were when it was made. */
  readonly count: number
  /** Counts how often it was made anew up to the same run. */
  readonly reading: number
  /** What it was asked with, to tell which runs no longer belong to it. */
  readonly asked: Asked
}

export interface Head extends FoundRuns {
  readonly asking: Asking
}

interface ShownListing {
  readonly listing: Listing | undefined
  readonly head: Head | undefined
  readonly error: Error | null
  /** What is asked for is being read; the list before it is still shown. */
  readonly isComing: boolean
  /** Makes the list anew, as it is now. */
  readonly refresh: () => void
}

/** A list that was left further down begins there, as it was; `follows` is whether it takes in new runs by itself. */
export function useListing(asking: Asking, canAsk: boolean, follows: boolean): ShownListing {
  const api = useApi()
  const [listing, setListing] = useState(() => left(asking))
  const { data: head, isPlaceholderData, error } = useQuery({
    queryKey: ['runs', 'head', keyOf(asking)],
    queryFn: async ({ signal }): Promise<Head> => {
      const found = await api.runs.search({ ...asking, offset: 0, limit: pageSize }, { signal })
      return { ...found, asking }
    },
    enabled: canAsk,
    placeholderData: keepPreviousData,
    meta: { follows: ['runs'] },
  })

  const isOther = listing === undefined || !sameAsking(listing.asking, asking)
  const isBehind = isOther || (follows && hasNew(listing, head))
  if (isOther && listing !== undefined && left(asking) !== undefined) setListing(left(asking))
  else if (isBehind && head !== undefined && !isPlaceholderData) setListing(made(head, followingReading(listing, head)))

  const refresh = useCallback(() => {
    setListing((before) => (head === undefined ? before : made(head, (before?.reading ?? 0) + 1)))
  }, [head])
  return useMemo(
    () => ({ listing, head, error, isComing: isPlaceholderData || (canAsk && isOther), refresh }),
    [listing, head, error, isPlaceholderData, canAsk, isOther, refresh],
  )
}

/** The list as it was left, if it was left further down. */
function left(asking: Asking): Listing | undefined {
  const place = placeIn(asking)
  if (place === undefined || place.top === 0) return undefined
  return { asking, upTo: place.upTo, count: place.count, began: null, reading: 0, asked: askedNow(asking) }
}

function made({ asking, newest, total, runs }: Head, reading: number): Listing {
  const began = new Set(runs.map(({ id }) => id))
  return { asking, upTo: newest, count: total, began, reading, asked: askedNow(asking) }
}

/** Up to the same run as before, only another reading tells its pages from those that are at hand. */
function followingReading(before: Listing | undefined, { asking, newest }: Head): number {
  if (before === undefined) return 0
  return before.upTo === newest && sameAsking(before.asking, asking) ? before.reading + 1 : before.reading
}

function askedNow({ query }: Asking): Asked {
  return { terms: parse(query).terms, now: hostNow() }
}

/** Whether there are runs that the list cannot have. In any other than its usual order they may stand anywhere. */
function hasNew(listing: Listing, head: Head | undefined): boolean {
  if (head === undefined) return false
  const isInUsualOrder = writeSort(listing.asking.sort) === writeSort(newestFirst)
  if (!isInUsualOrder && head.newest !== listing.upTo) return true
  return newcomers(listing, head).length > 0
}
