/** One clock for all that shows an age: everything that ticks does so together, and nothing while the tab is hidden. */
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => document.hidden || tick(), 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

document.addEventListener('visibilitychange', () => document.hidden || tick())

/** The present instant, a second old at most; where a coarser one will do, as old as `step` milliseconds. */
export function useNow(step = 1): number {
  return useSyncExternalStore(subscribe, () => Math.floor(now / step) * step)
}
