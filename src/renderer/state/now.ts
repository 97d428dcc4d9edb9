/**
 * The present by the host's clock, which every instant of the console comes from: that of the machine where somebody
 * looks may go wrong by hours. One clock for all that shows an age: everything that ticks does so together, and nothing
 * while the tab is hidden.
 */
import { useSyncExternalStore } from 'react'
import type { Instant, Millis } from '../../model/ids.ts'

const listeners = new Set<() => void>()
/** How far the host's clock is ahead of this machine's. */
let ahead: Millis = 0
const known = Promise.withResolvers<void>()
let now = hostNow()
let timer: ReturnType<typeof setInterval> | undefined

/** The present instant by the host's clock. */
export function hostNow(): Instant {
  return Date.now() + ahead
}

/** The same, once the host has said what time it is: what is asked of it by the clock would be asked wrongly before. */
export async function hostTime(): Promise<Instant> {
  await known.promise
  return hostNow()
}

/** The host has just said what time it is. */
export function setHostTime(at: Instant): void {
  ahead = at - Date.now()
  known.resolve()
  tick()
}

/** Something has happened on the host at this instant: it is no earlier there, however late its time was heard. */
export function isPastOnHost(at: Instant): void {
  ahead = Math.max(ahead, at - Date.now())
}

function tick(): void {
  now = hostNow()
  for (const listener of listeners) listener()
}

const tickIfSeen = (): void => void (document.hidden || tick())

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = hostNow()
    timer = setInterval(tickIfSeen, 1_000)
    document.addEventListener('visibilitychange', tickIfSeen)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tickIfSeen)
  }
}

/** The present instant, a second old at most; where a coarser one will do, as old as `step` milliseconds. */
export function useNow(step = 1): Instant {
  return useSyncExternalStore(subscribe, () => Math.floor(now / step) * step)
}
