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
  close(): void
}

/** A client over whatever opens a connection to a host. */
export function createClient(open: OpenWire, pause: Pause = backOff): Client {
  const line = new Line(open)
  const api: Api = createORPCClient(line)

  return {
    api,
    watchRun: (run, { after, signal } = {}) =>
      resume((from, options) => api.runs.watch({ run, after: from, recent: from === after }, options), after, {
        signal,
        pause,
      }),
    watchJournal: ({ after, signal } = {}) =>
      resume((from, options) => api.journal.watch({ after: from }, options), after, { signal, pause }),
    close: () => line.close(),
  }
}
