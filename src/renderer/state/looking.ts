/** Whether the host only shows the store. It is asked each time that a host answers: it may be another one by then. */
import { create } from 'zustand'
import type { Client } from '../../client/client.ts'

export const useLooking = create<{ readonly looks: boolean }>()(() => ({ looks: false }))

/** Returns what ends it. */
export function followLooking({ api, connection }: Client): () => void {
  const ask = (): void => {
    if (connection.state !== 'open') return
    // A host that is gone again is asked when it is back.
    api.host.info().then(({ looks }) => useLooking.setState({ looks }), () => undefined)
  }
  ask()
  return connection.onChange(ask)
}
