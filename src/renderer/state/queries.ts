/**
 * What is read of the host on demand. An answer is shown until a newer one is there; nothing polls: a query says in
 * its `meta` what it depends on, and the news of a commit that touched it makes it read again (`news.ts`).
 */
import { QueryClient } from '@tanstack/react-query'
import { Disconnected } from '../../client/line.ts'
import type { Millis } from '../../model/ids.ts'

/** What the news can say was touched; `statuses` is of the runs that are there, and where each stands: most changes leave that. */
export type Topic = 'runs' | 'statuses' | 'decisions' | 'workflows' | 'host' | 'mail'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      readonly follows?: readonly Topic[]
      /** How often at most it is read again while its topics are touched all the time. */
      readonly pace?: Millis
    }
  }
}

export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 60_000,
        // A host that cannot be reached is waited for; whatever it answers is an answer.
        retry: (_, error) => error instanceof Disconnected,
        retryDelay: (attempt) => Math.min(5_000, 250 * 2 ** attempt),
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
