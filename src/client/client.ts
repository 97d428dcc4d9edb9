import { createORPCClient } from '@orpc/client'
import type { Api } from '../contract/index.ts'
import type { MailStreamItem } from '../contract/mail.ts'
import type { NewsItem } from '../contract/news.ts'
import type { FollowItem, JournalStreamItem, RunStreamItem } from '../contract/streams.ts'
import type { Position } from '../model/entry.ts'
import type { RunId } from '../model/ids.ts'
import { type Connection, LiveConnection } from './connection.ts'
import { Line } from './line.ts'
import { type Backoff, backOff, type Comeback, reopen, resume } from './resume.ts'
import type { OpenWire } from './wire.ts'

export interface Following {
  readonly signal?: AbortSignal | undefined
}

export interface Watching extends Following {
  /** Begin after this position; left out, with what is committed from now on. */
  readonly after?: Position | undefined
}

export interface Client {
  /** Every procedure of the contract, one call each. A lost connection rejects with Disconnected. */
  readonly api: Api
  readonly connection: Connection
  /** Whatever waits to come back does so now. */
  retryNow(): void
  /** A run whole, then its changes; comes back by itself when the connection is lost, with the run whole again. */
  followRun(run: RunId, following?: Following): AsyncGenerator<FollowItem, void>
  /** What changes, for lists; comes back by itself when the connection is lost, and says `opened` again. */
  watchNews(following?: Following): AsyncGenerator<NewsItem, void>
  /** Mail as it is received; comes back by itself when the connection is lost, and says `opened` again. */
  watchMail(following?: Following): AsyncGenerator<MailStreamItem, void>
  /** Entries and signals of a run; comes back by itself when the connection is lost. */
  watchRun(run: RunId, watching?: Watching): AsyncGenerator<RunStreamItem, void>
  /** Every entry of the journal; comes back by itself when the connection is lost. */
  watchJournal(watching?: Watching): AsyncGenerator<JournalStreamItem, void>
  /** Ends what is watched, and refuses what is asked from then on. */
  close(): void
}

/** A client over whatever opens a connection to a host. */
export function createClient(open: OpenWire, backoff: Backoff = backOff): Client {
  const connection = new LiveConnection()
  const line = new Line(open, (state) => connection.moved(state))
  const comeback: Comeback = { backoff, pause: (millis, signal) => connection.pause(millis, signal) }
  const api: Api = createORPCClient(line)
  const closed = new AbortController()
  const until = (signal: AbortSignal | undefined): AbortSignal =>
    AbortSignal.any([closed.signal, ...(signal === undefined ? [] : [signal])])

  return {
    api,
    connection,
    retryNow: () => connection.hurry(),

    followRun(run, { signal } = {}) {
      return reopen((options) => api.runs.follow({ run }, options), until(signal), comeback)
    },

    watchNews({ signal } = {}) {
      return reopen((options) => api.news.watch(undefined, options), until(signal), comeback)
    },

    watchMail({ signal } = {}) {
      return reopen((options) => api.mail.watch(undefined, options), until(signal), comeback)
    },

    watchRun(run, { after, signal } = {}) {
      const watch = (from: Position | undefined, options: { signal: AbortSignal }) =>
        api.runs.watch({ run, after: from, recent: from === after }, options)
      return resume(watch, after, until(signal), comeback)
    },

    watchJournal({ after, signal } = {}) {
      return resume((from, options) => api.journal.watch({ after: from }, options), after, until(signal), comeback)
    },

    close() {
      closed.abort()
      line.close()
    },
  }
}
