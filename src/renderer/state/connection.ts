import { useSyncExternalStore } from 'react'
import { useClient } from './client.ts'

/** How the tab stands to its host. */
export function useConnection() {
  const { connection } = useClient()
  return useSyncExternalStore(connection.onChange, () => connection.state)
}
