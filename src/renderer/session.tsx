import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Client } from '../client/client.ts'
import { router } from './screens/router.ts'
import { ClientContext } from './state/client.ts'
import { followLooking } from './state/looking.ts'
import { followMail } from './state/mail.ts'
import { followNews } from './state/news.ts'
import { createQueries } from './state/queries.ts'

/** The console over one host. */
export function Session({ client }: { readonly client: Client }) {
  const [queries] = useState(createQueries)
  useEffect(() => {
    const left = new AbortController()
    void followNews(client, queries, left.signal)
    void followMail(client, queries, left.signal)
    const ended = followLooking(client)
    preloadScreens()
    return () => {
      ended()
      left.abort()
    }
  }, [client, queries])
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ClientContext>
  )
}

/** Every screen's code, ahead of its first use: a host that is away later keeps nobody from looking around. */
function preloadScreens(): void {
  requestIdleCallback(() => {
    for (const { options } of Object.values(router.routesById)) void options.component?.preload?.()
  })
}
