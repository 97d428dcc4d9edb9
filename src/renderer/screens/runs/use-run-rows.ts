import { queryOptions, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import type { Api } from '../../../contract/index.ts'
import type { RunSummary } from '../../../model/views.ts'
import { useApi } from '../../state/client.ts'
import { useNews } from '../../state/news.ts'
import { firstPage } from './first-page.ts'
import { type Page, pageSize, pagesFor, retold, type Rows } from './pages.ts'
import { keyOf } from './search.ts'
import type { Head, Listing } from './use-listing.ts'

/** How long a page stays in view before it is asked for, in milliseconds: what is flown past is never read. */
const settles = 60

export interface RunRows {
  readonly count: number
  readonly rowAt: (index: number) => RunSummary | undefined
  /** Reads rows that may be out of view. */
  readonly read: (rows: Rows) => Promise<readonly RunSummary[]>
  readonly error: Error | null
}

/** The rows of a list: those in view and beside them are read, and then kept as the news tells of them. */
export function useRunRows(listing: Listing | undefined, head: Head | undefined, view: Rows): RunRows {
  const api = useApi()
  const queries = useQueryClient()
  useRetoldPages()
  const wanted = listing === undefined ? [] : pagesFor(view, listing.count)
  const found = useQueries({
    queries: listing === undefined ? [] : wanted.map((page) => pageOptions(api, listing, page, head)),
  })
  const pages = new Map<number, readonly RunSummary[] | undefined>()
  const rowAt = (index: number): RunSummary | undefined => {
    const page = Math.floor(index / pageSize)
    if (!pages.has(page) && listing !== undefined) {
      pages.set(page, queries.getQueryData(pageOptions(api, listing, page).queryKey)?.runs)
    }
    return pages.get(page)?.[index % pageSize]
  }
  const read = useCallback(
    async ({ first, last }: Rows) => {
      if (listing === undefined) return []
      const rows: RunSummary[] = []
      for (let page = Math.floor(first / pageSize); page * pageSize <= last; page++) {
        const { runs } = await queries.query({ ...pageOptions(api, listing, page), staleTime: 'static' })
        rows.push(...runs.slice(Math.max(0, first - page * pageSize), last - page * pageSize + 1))
      }
      return rows
    },
    [api, queries, listing],
  )
  const answers = found.flatMap(({ data }) => data ?? [])
  const latest = answers.reduce<Page | undefined>((a, b) => (a === undefined || b.position >= a.position ? b : a), undefined)
  return { count: latest?.total ?? listing?.count ?? 0, rowAt, read, error: found.find(({ error }) => error !== null)?.error ?? null }
}

function pageOptions(api: Api, { asking, upTo, reading }: Listing, page: number, head?: Head) {
  return queryOptions({
    queryKey: ['runs', 'page', keyOf(asking), upTo, reading, page],
    queryFn: async ({ signal }): Promise<Page> => {
      if (page > 0) await hasSettled(signal)
      const found = await api.runs.search(
        { ...asking, offset: page * pageSize, limit: pageSize, ...(upTo === null ? {} : { upTo }) },
        { signal },
      )
      return { ...found, runs: retold(found.runs, useNews.getState().runs) }
    },
    initialData: (): Page | undefined =>
      page === 0 && head !== undefined ? firstPage(head, { asking, upTo }, useNews.getState().runs) : undefined,
  })
}

function hasSettled(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, settles)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('scrolled past', 'AbortError'))
    })
  })
}

/**
 * Keeps every page at hand as the news tells of its runs, each in the place where it was read. What is told while no
 * list is shown is in no page: they are shown as they were and read again once one is.
 */
function useRetoldPages(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const ofPages = { queryKey: ['runs', 'page'] }
    const unsubscribe = useNews.subscribe(({ lately }) => {
      for (const [key, page] of queries.getQueriesData<Page>(ofPages)) {
        const runs = page === undefined ? undefined : retold(page.runs, lately)
        if (page !== undefined && runs !== undefined && runs !== page.runs) queries.setQueryData(key, { ...page, runs })
      }
    })
    return () => {
      unsubscribe()
      void queries.invalidateQueries({ ...ofPages, refetchType: 'none' })
    }
  }, [queries])
}
