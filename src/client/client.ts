import { createORPCClient } from '@orpc/client'
import type { Api } from '../contract/index.ts'
import type { JournalStreamItem, RunStreamItem } from '../contract/streams.ts'
import type { Position } from '../model/entry.ts'
import type { RunId } from '../model/ids.ts'
import { Line } from './line.ts'
import { backOff, type Pause, resume } from './resume.ts'
import type { OpenWire } from './wire.ts'

export interface Watching {
  /** Begin after this position; left out, with what is committed from now on. */
  readonly after?: Position | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Client {
  /** Every procedure of the contract, one call each. A lost connection rejects with Disconnected. */
  readonly api: Api
  /** Entries and signals of a run; comes back by itself when the connection is lost. */
  watchRun(run: RunId, watching?: Watching): AsyncGenerator<RunStreamItem, void>
  /** Every entry of the journal; comes back by itself when the connection is lost. */
  watchJournal(watching?: Watching): AsyncGenerator<JournalStreamItem, void>
  /** Ends what is watched, and refuses what is asked from then on. */
  close(): void
}

/** A client over whatever opens a connection to a host. */
export function createClient(open: OpenWire, pause: Pause = backOff): Client {
  const line = new Line(open)
  const api: Api = createORPCClient(line)
  const closed = new AbortController()
  const until = (signal: AbortSignal | undefined): AbortSignal =>
    AbortSignal.any([closed.signal, ...(signal === undefined ? [] : [signal])])

  return {
    api,

    watchRun(run, { after, signal } = {}) {
      const watch = (from: Position | undefined, options: { signal: AbortSignal }) =>
        api.runs.watch({ run, after: from, recent: from === after }, options)
      return resume(watch, after, until(signal), pause)
    },

    watchJournal({ after, signal } = {}) {
      return resume((from, options) => api.journal.watch({ after: from }, options), after, until(signal), pause)
    },

    close() {
      closed.abort()
      line.close()
    },
  }
}
