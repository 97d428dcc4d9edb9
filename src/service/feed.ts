/**
 * The live feed: what was committed lately, what attempts are saying, and who waits to hear of it.
 *
 * The feed owns nothing that could be lost: everything stands in the store, and whoever finds the feed to have moved
 * past what it keeps reads it there. So memory is bounded however slow a reader is.
 *
 * Invariants:
 * 1. `recent` holds news of consecutive positions that end at `head`.
 * 2. Everything up to `head` is committed and can be read: positions are given in the order of commits.
 * 3. A watcher that waits is woken by whatever comes after it looked: an entry, a signal of its run, a touch, the end.
 */
import type { RunChange } from '../engine/ports.ts'
import type { JournalEntry, Position } from '../model/entry.ts'
import type { RunId } from '../model/ids.ts'
import type { Signal } from '../model/log.ts'
import { createWatcher, type Said, type Touch, type Watcher } from './watcher.ts'

/** How many entries, and how many signals, are kept at hand for readers that keep up. */
const kept = { entries: 2_048, signals: 1_024 }

/** An entry as it was committed, and what it did to its run; null where it is of the workspace. */
export interface News {
  readonly entry: JournalEntry
  readonly change: RunChange | null
}

export interface Watching {
  /** Whose signals are heard, beside every entry; null for none. */
  readonly run: RunId | null
  /** Signals at hand that were said behind this position are heard too; left out, only those to come. */
  readonly saidBehind?: Position | undefined
  /** Whether it is heard, too, that something was touched without an entry: who hears it has to take it. */
  readonly touches?: boolean
  readonly abort?: AbortSignal | undefined
}

export interface Feed {
  /** The newest position that is known to be committed. */
  head(): Position
  /** What was committed after a position, or undefined where it has to be read from the store. */
  since(position: Position): readonly News[] | undefined
  committed(entry: JournalEntry, change: RunChange | null): void
  signalled(signal: Signal): void
  /** Something that lists show has changed, and no entry tells of it. */
  touched(what: Touch): void
  /** Hears of what comes until it is closed or aborted. */
  watch(watching: Watching): Watcher
  /** How many are watching. */
  watchers(): number
  /** Ends every watcher; those that come later end at once. */
  close(): void
}

export function createFeed(start: Position): Feed {
  let head = start
  let recent: News[] = []
  let lately: Said[] = []
  let closed = false
  const watchers = new Set<Watcher>()
  const touchable = new Set<Watcher>()

  return {
    head: () => head,

    since(position) {
      if (position >= head) return []
      const first = recent[0]?.entry.position
      return first !== undefined && first <= position + 1 ? recent.slice(position + 1 - first) : undefined
    },

    committed(entry, change) {
      if (entry.position <= head) return
      if (entry.position > head + 1) recent = []
      head = entry.position
      recent.push({ entry, change })
      if (recent.length > 2 * kept.entries) recent = recent.slice(-kept.entries)
      for (const watcher of watchers) watcher.moved(head)
    },

    signalled(signal) {
      const said = { signal, behind: head }
      lately.push(said)
      if (lately.length > 2 * kept.signals) lately = lately.slice(-kept.signals)
      for (const watcher of watchers) if (watcher.run === signal.run) watcher.said(said)
    },

    touched(what) {
      for (const watcher of touchable) watcher.touched(what)
    },

    watch({ run, saidBehind, touches = false, abort }) {
      const watcher = createWatcher(run, head, () => {
        watchers.delete(watcher)
        touchable.delete(watcher)
        abort?.removeEventListener('abort', watcher.close)
      })
      if (saidBehind !== undefined) {
        for (const said of lately) if (said.signal.run === run && said.behind >= saidBehind) watcher.said(said)
      }
      if (closed || abort?.aborted === true) {
        watcher.close()
        return watcher
      }
      watchers.add(watcher)
      if (touches) touchable.add(watcher)
      abort?.addEventListener('abort', watcher.close, { once: true })
      return watcher
    },

    watchers: () => watchers.size,

    close() {
      closed = true
      for (const watcher of watchers) watcher.close()
    },
  }
}
