/**
 * Where the playhead is held while it is dragged, or stepped on by keys: it is ahead of the address then. What is drawn
 * follows it at once; the address, and with it all that is read of the host, follows when it rests.
 */
import { createContext, use } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { type Selection, useSelection } from './selection.ts'

export type Moment = Pick<Selection, 'branch' | 'checkpoint'>

interface Held {
  /** Null while nobody holds it; over no checkpoint it is at the present. */
  readonly held: { readonly checkpoint: number | undefined } | null
}

/** Moves the address, and resolves once it is there. */
type Write = (checkpoint: number | undefined) => Promise<void>

export interface Scrubbing {
  readonly store: UseBoundStore<StoreApi<Held>>
  /** It is dragged there, and stays in the hand. */
  hold(checkpoint: number | undefined, write: Write): void
  /** It is moved there, and let go where it comes to rest. */
  step(checkpoint: number | undefined, write: Write): void
  letGo(checkpoint: number | undefined, write: Write): void
  /** It is given up, wherever it was. */
  drop(): void
}

/** How long it must stand still, in milliseconds. */
const rest = 150

export function createScrubbing(): Scrubbing {
  const store = create<Held>()(() => ({ held: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  const take = (checkpoint: number | undefined): Held['held'] => {
    clearTimeout(timer)
    const held = { checkpoint }
    store.setState({ held })
    return held
  }
  const letGo: Scrubbing['letGo'] = (checkpoint, write) => {
    const held = take(checkpoint)
    // Until the address is there it would be drawn where it was before. Whoever takes hold of it meanwhile keeps it.
    void write(checkpoint).finally(() => {
      if (store.getState().held === held) store.setState({ held: null })
    })
  }
  return {
    store,
    letGo,
    hold(checkpoint, write) {
      take(checkpoint)
      timer = setTimeout(() => void write(checkpoint), rest)
    },
    step(checkpoint, write) {
      take(checkpoint)
      timer = setTimeout(() => letGo(checkpoint, write), rest)
    },
    drop() {
      clearTimeout(timer)
      store.setState({ held: null })
    },
  }
}

export const ScrubbingContext = createContext<Scrubbing>(createScrubbing())

/** The moment that is drawn. */
export function useMoment(): Moment {
  const { store } = use(ScrubbingContext)
  const held = store((scrubbing) => scrubbing.held)
  const { branch, checkpoint } = useSelection()
  return { branch, checkpoint: held === null ? checkpoint : held.checkpoint }
}
