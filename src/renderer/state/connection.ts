import { use, useCallback, useSyncExternalStore } from 'react'
import { ClientContext, useClient } from './client.ts'
import { useLooking } from './looking.ts'

/** How the tab stands to its host. */
export function useConnection() {
  const { connection } = useClient()
  return useSyncExternalStore(connection.onChange, () => connection.state)
}

/** Why the host answers nothing at the moment; undefined where it does, and outside a session. */
export function useHostLost(): string | undefined {
  const connection = use(ClientContext)?.connection
  const state = useSyncExternalStore(connection?.onChange ?? nothingChanges, () => connection?.state)
  return state !== undefined && state !== 'open' ? 'the host does not answer: it can be done once it is back' : undefined
}

/** Why the host does nothing at the moment; undefined where it does, and outside a session. */
export function useHostAway(): string | undefined {
  const lost = useHostLost()
  const looks = useLooking(({ looks }) => looks)
  return lost ?? (looks ? 'this console only shows the store: nothing can be changed here' : undefined)
}

/** What the host has to do: `'reading'` is what one that only shows the store does as well. */
export type AsksHost = boolean | 'reading'

/** Why what the host has to do cannot be done at the moment. */
export function useObstacles(): (asks: AsksHost | undefined) => string | undefined {
  const lost = useHostLost()
  const away = useHostAway()
  return useCallback((asks) => (asks === 'reading' ? lost : asks === true ? away : undefined), [lost, away])
}

const nothingChanges = (): (() => void) => () => {}
