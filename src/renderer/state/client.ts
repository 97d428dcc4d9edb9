import { createContext, use } from 'react'
import type { Client } from '../../client/client.ts'
import type { Api } from '../../contract/index.ts'

/** The one client of the tab; its session provides it. */
export const ClientContext = createContext<Client | undefined>(undefined)

/** @throws Error outside a session */
export function useClient(): Client {
  const client = use(ClientContext)
  if (client === undefined) throw new Error('no client: this is shown outside a session')
  return client
}

/** The procedures of the host. */
export function useApi(): Api {
  return useClient().api
}
