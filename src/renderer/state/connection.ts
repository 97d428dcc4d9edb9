import { use, useSyncExternalStore } from 'react'
import { ClientContext, useClient } from './client.ts'
import { useLooking } from './looking.ts'

/** How the tab stands to its host. */
export function useConnection() {
  const { connection } = useClient()
  return useSyncExternalStore(connection.onChange, () => connection.state)
}

/** Why nothing can be asked of the host at the moment; undefined where it can be, and outside a session. */
export function useHostAway(): string | undefined {
  const connection = use(ClientContext)?.connection
  const state = useSyncExternalStore(connection?.onChange ?? nothingChanges, () => connection?.state)
  const looks = useLooking(({ looks }) => looks)
  if (state !== undefined && state !== 'open') return 'the host does not answer: it can be done once it is back'
  return looks ? 'this console only shows the store: nothing can be done here' : undefined
}

const nothingChanges = (): (() => void) => () => {}
