import type { QueryClient } from '@tanstack/react-query'
import type { Client } from '../../client/client.ts'
import { createRefresher } from './refresh.ts'

/** Has what shows mail read again when a message comes in, until the signal aborts. */
export async function followMail(client: Client, queries: QueryClient, signal: AbortSignal): Promise<void> {
  const refresh = createRefresher(queries)
  for await (const item of client.watchMail({ signal })) {
    if (item.type === 'received') refresh(new Set(['mail']))
  }
}
