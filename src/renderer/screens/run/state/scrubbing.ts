/**
 * Where the playhead is held while it is dragged, or stepped on by keys: it is ahead of the address then. Timeline, graph
 * and inspector show its moment; the address follows when it rests, and with it what only the host can tell.
 *
 * 1. The timeline goes with the hand in every frame.
 * 2. While it is dragged, one of the others is drawn in each, by turns: what it shows is where the hand was a frame ago
 *    at most, and never ahead of it.
 * 3. Whenever nothing moves for a frame all of them show the same moment. By keys, and where it is let go, all are drawn at once.
 */
import { createContext, use } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { type Selection, type Tab, tabOfMoment, useSelection } from './selection.ts'

export type Moment = Pick<Selection, 'branch' | 'checkpoint'>

/** What of the screen shows a moment. */
export type Part = 'timeline' | 'graph' | 'inspector'

/** Over no checkpoint it is at the present. */
interface Place {
  readonly checkpoint: number | undefined
}

interface Held {
  /** Whether a hand is at the playhead, or over where it goes. */
  readonly isNear: boolean
  /** Whether it is dragged, and has not stood still for a frame. */
  readonly isOnItsWay: boolean
  /** Where each part shows it; null while nobody holds it. */
  readonly held: Readonly<Record<Part, Place | null>>
}

/** Moves the address, and resolves once it is there. */
type Write = (checkpoint: number | undefined) => Promise<void>

export interface Scrubbing {
  readonly store: UseBoundStore<StoreApi<Held>>
  /** A hand comes near, or goes away. */
  near(isNear: boolean): void
  /** It is dragged there, and stays in the hand. Drawn with the next frame, however often it is moved until then. */
  hold(checkpoint: number | undefined, write: Write): void
  /** It is moved there, and let go where it comes to rest. */
  step(checkpoint: number | undefined, write: Write): void
  letGo(checkpoint: number | undefined, write: Write): void
  /** It is given up, wherever it was. */
  drop(): void
}

/** How long it must stand still, in milliseconds. */
const rest = 150

/** What draws: each frame is asked for, with what is done before it. */
interface Frames {
  request(act: () => void): number
  cancel(frame: number): void
}

const ofBrowser: Frames = { request: (act) => requestAnimationFrame(act), cancel: (frame) => cancelAnimationFrame(frame) }

export function createScrubbing(frames = ofBrowser): Scrubbing {
  const store = create<Held>()(() => ({ isNear: false, isOnItsWay: false, held: inAll(null) }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame: number | undefined
  /** Where the hand is. */
  let hand: Place = { checkpoint: undefined }
  let turn: Part = 'graph'
  /** What is done once it rests. It stands here, and the timer is given one function for all: a timer of each frame would keep its own in memory. */
  let toDo: (() => void) | undefined
  const rested = (): void => toDo?.()
  const onceItRests = (act: () => void): void => {
    toDo = act
    timer = setTimeout(rested, rest)
  }
  const stop = (): void => {
    clearTimeout(timer)
    if (frame !== undefined) frames.cancel(frame)
    frame = undefined
  }
  const take = (checkpoint: number | undefined): Place => {
    stop()
    hand = { checkpoint }
    store.setState({ held: inAll(hand), isOnItsWay: false })
    return hand
  }
  const letGo: Scrubbing['letGo'] = (checkpoint, write) => {
    const place = take(checkpoint)
    // Until the address is there it would be drawn where it was before. Whoever takes hold of it meanwhile keeps it.
    void write(checkpoint).finally(() => {
      if (hand === place) store.setState({ held: inAll(null) })
    })
  }
  // What a frame is asked for with is one function, too.
  const goOn = (): void => {
    const { held } = store.getState()
    if (held.graph === hand && held.inspector === hand) {
      frame = undefined
      store.setState({ isOnItsWay: false })
      timer = setTimeout(rested, rest)
      return
    }
    frame = frames.request(goOn)
    turn = turn === 'graph' ? 'inspector' : 'graph'
    store.setState({ held: { ...held, timeline: hand, [turn]: hand }, isOnItsWay: true })
  }
  return {
    store,
    near: (isNear) => store.setState({ isNear }),
    letGo,
    hold(checkpoint, write) {
      clearTimeout(timer)
      hand = { checkpoint }
      toDo = () => void write(hand.checkpoint)
      frame ??= frames.request(goOn)
    },
    step(checkpoint, write) {
      take(checkpoint)
      onceItRests(() => letGo(checkpoint, write))
    },
    drop() {
      stop()
      store.setState({ held: inAll(null), isOnItsWay: false })
    },
  }
}

const inAll = (place: Place | null): Held['held'] => ({ timeline: place, graph: place, inspector: place })

export const ScrubbingContext = createContext<Scrubbing>(createScrubbing())

/** Which part something is drawn in. */
export const PartContext = createContext<Part>('timeline')

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

/** Whether the playhead is dragged, and has not stood still for a frame. */
export function useIsOnItsWay(): boolean {
  return use(ScrubbingContext).store((state) => state.isOnItsWay)
}

function useHeld<T>(select: (held: Place | null) => T): T {
  const part = use(PartContext)
  return use(ScrubbingContext).store(({ held }) => select(held[part]))
}
