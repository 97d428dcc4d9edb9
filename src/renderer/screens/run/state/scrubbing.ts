/**
 * Where the playhead is held while it is dragged, or stepped on by keys: it is ahead of the address then. Graph, timeline
 * and inspector show its moment in every frame; the address follows when it rests, and with it what only the host can tell.
 */
import { createContext, use } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { type Selection, type Tab, tabOfMoment, useSelection } from './selection.ts'

export type Moment = Pick<Selection, 'branch' | 'checkpoint'>

interface Held {
  /** Whether a hand is at the playhead, or over where it goes. */
  readonly isNear: boolean
  /** Null while nobody holds it; over no checkpoint it is at the present. */
  readonly held: { readonly checkpoint: number | undefined } | null
}

/** Moves the address, and resolves once it is there. */
type Write = (checkpoint: number | undefined) => Promise<void>

export interface Scrubbing {
  readonly store: UseBoundStore<StoreApi<Held>>
  /** A hand comes near, or goes away. */
  near(isNear: boolean): void
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
  const store = create<Held>()(() => ({ isNear: false, held: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What is done once it rests. It stands here, and the timer is given one function for all: a timer of each frame would keep its own in memory. */
  let toDo: (() => void) | undefined
  const rested = (): void => toDo?.()
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
  const onceItRests = (act: () => void): void => {
    toDo = act
    timer = setTimeout(rested, rest)
  }
  return {
    store,
    near: (isNear) => store.setState({ isNear }),
    letGo,
    hold(checkpoint, write) {
      take(checkpoint)
      onceItRests(() => void write(checkpoint))
    },
    step(checkpoint, write) {
      take(checkpoint)
      onceItRests(() => letGo(checkpoint, write))
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
  const { branch, checkpoint } = useSelection()
  const held = useHeld((place) => place)
  return { branch, checkpoint: held === null ? checkpoint : held.checkpoint }
}

/** The tab that is drawn: one of a moment while the playhead is over one. */
export function useShownTab(): Tab | undefined {
  const { tab } = useSelection()
  const isOverMoment = useHeld((held) => held?.checkpoint !== undefined)
  return isOverMoment ? tabOfMoment(tab) : tab
}

/** The tab that is drawn once the playhead is taken hold of, as soon as a hand is near. */
export function useTabAhead(): Tab | undefined {
  const { tab } = useSelection()
  const isNear = use(ScrubbingContext).store((state) => state.isNear)
  return isNear ? tabOfMoment(tab) : undefined
}

/** Whether the moment that is drawn is the one that the address names. */
export function useIsAtRest(): boolean {
  const { checkpoint } = useSelection()
  return useHeld((held) => held === null || held.checkpoint === checkpoint)
}

function useHeld<T>(select: (held: Held['held']) => T): T {
  return use(ScrubbingContext).store(({ held }) => select(held))
}
