import type { Position } from '../model/entry.ts'
import type { RunId } from '../model/ids.ts'
import type { Signal } from '../model/log.ts'

/** How many signals wait for a slow reader before the oldest are let go. */
const patience = 1_000

/** A signal and the position of the newest entry when it was said: it belongs right behind that entry. */
export interface Said {
  readonly signal: Signal
  readonly behind: Position
}

/** What may change without an entry that tells of it. */
export type Touch = 'workflows' | 'host'

/** Calls once, some time from now; returns what takes it back. */
export type Later = (call: () => void) => () => void

/** One reader of the feed: what it has not taken yet, and its wait for more. */
export interface Watcher {
  readonly run: RunId | null
  moved(head: Position): void
  said(said: Said): void
  touched(what: Touch): void
  /** Takes what was touched since the last time. */
  takeTouched(): ReadonlySet<Touch>
  /** Takes the signals that belong before an entry at this position, and how many were let go since the last time. */
  take(before: Position): { readonly missed: number; readonly said: readonly Said[] }
  /** Resolves to true once there is more than what was read up to this position, to false at the end. */
  more(read: Position): Promise<boolean>
  /** Resolves when `later` calls, or at the end: then `later` is taken back. */
  rest(later: Later): Promise<void>
  readonly close: () => void
}

export function createWatcher(run: RunId | null, start: Position, closed: () => void): Watcher {
  let head = start
  let waiting: Said[] = []
  let missed = 0
  let touched = new Set<Touch>()
  let open = true
  let wake: (() => void) | undefined
  let rouse: (() => void) | undefined

  function stir(): void {
    wake?.()
    wake = undefined
  }

  return {
    run,

    moved(to) {
      head = to
      stir()
    },

    said(said) {
      if (waiting.length === patience) {
        waiting.shift()
        missed += 1
      }
      waiting.push(said)
      stir()
    },

    touched(what) {
      touched.add(what)
      stir()
    },

    takeTouched() {
      const taken = touched
      touched = new Set()
      return taken
    },

    take(before) {
      const said = waiting.filter(({ behind }) => behind < before)
      waiting = waiting.slice(said.length)
      const taken = { missed, said }
      missed = 0
      return taken
    },

    async more(read) {
      while (open && head <= read && waiting.length === 0 && touched.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return open
    },

    async rest(later) {
      if (!open) return
      await new Promise<void>((resolve) => {
        const takeBack = later(resolve)
        rouse = () => {
          takeBack()
          resolve()
        }
      })
      rouse = undefined
    },

    close() {
      if (!open) return
      open = false
      closed()
      stir()
      rouse?.()
    },
  }
}
