/**
 * The index's thread as the engine's thread sees it: it is told when the journal has grown, never waited for by a commit.
 *
 * Invariants:
 * 1. One slice is under way at a time, so a question waits for no more than that.
 * 2. A host that starts has better things to do: what its store holds already is followed once somebody asks, or with what is worth
 *    following of what is new.
 */
import type { Figures, Search } from '../../engine/queries.ts'
import type { Position } from '../../model/entry.ts'
import type { RunQuery } from '../../model/found-runs.ts'
import type { LatencyBucket } from '../format/latency.ts'
import { AskedThread, type AskedThreadOptions } from '../thread/asked-thread.ts'
import type { IndexMethods } from './methods.ts'
import type { Progress } from './journal-index.ts'

/** Entries that are left to the next question: a run that moved ten times since is read once. */
const worthFollowing = 200

export interface IndexerParts extends Omit<AskedThreadOptions, 'name'> {
  /** The journal's end, as committed. */
  readonly head: () => Position
  /** How long commits took, as far as the store does not hold it yet. */
  readonly latencies: () => readonly LatencyBucket[]
  readonly troubled: (what: string, error: unknown) => void
}

export class Indexer implements Search, Figures {
  readonly #parts: IndexerParts
  readonly #thread: AskedThread<IndexMethods>
  /** Where the index is at least; until somebody asks, what was there before counts as followed. */
  #position: Position
  #isAsked = false
  #following = false
  #closed = false

  constructor(parts: IndexerParts) {
    this.#parts = parts
    this.#position = parts.head()
    this.#thread = new AskedThread({ ...parts, name: 'index' })
  }

  readonly search: Search['search'] = async (search) => {
    const found = await this.#ask('search', search)
    this.#position = found.position
    this.grew()
    return found
  }

  readonly counts: Search['counts'] = (query) => this.#ask('counts', query)

  readonly matching: Search['matching'] = async (query: RunQuery) => {
    const goal = this.#parts.head()
    for (let at = await this.#follow(); at.position < goal; at = await this.#follow());
    return this.#ask('matching', query)
  }

  readonly metrics: Figures['metrics'] = (range) => this.#ask('metrics', range, this.#parts.latencies())
  readonly health: Figures['health'] = (from) => this.#ask('health', from)
  readonly revisions: Figures['revisions'] = (workflow) => this.#ask('revisions', workflow)
  readonly failures: Figures['failures'] = (since) => this.#ask('failures', since)
  readonly errorGroups: Figures['errorGroups'] = (...asked) => this.#ask('errorGroups', ...asked)
  readonly errorsOfGroup: Figures['errorsOfGroup'] = (...asked) => this.#ask('errorsOfGroup', ...asked)
  readonly errorFigures: Figures['errorFigures'] = (query) => this.#ask('errorFigures', query)
  readonly storage: Figures['storage'] = () => this.#ask('storage')

  /** To be called after a commit: what has been left for later is followed beside it, once it is worth it. */
  grew(): void {
    if (this.#following || this.#closed || !this.#isBehind()) return
    this.#following = true
    this.#followAll()
      .catch((error: unknown) => {
        // Whoever searches is told each time; the log, once it would be worth following again.
        this.#position = this.#parts.head()
        this.#parts.troubled('following the journal into the index', error)
      })
      .finally(() => {
        this.#following = false
      })
  }

  /** Answers what was asked, then ends the thread. */
  close(): Promise<void> {
    this.#closed = true
    return this.#thread.close()
  }

  #ask: AskedThread<IndexMethods>['ask'] = (method, ...given) => {
    const answer = this.#thread.ask(method, ...given)
    if (!this.#isAsked) {
      this.#isAsked = true
      this.#position = 0
      this.grew()
    }
    return answer
  }

  async #followAll(): Promise<void> {
    while (!this.#closed && this.#isBehind()) await this.#follow()
  }

  async #follow(): Promise<Progress> {
    const progress = await this.#thread.ask('follow')
    this.#position = progress.position
    return progress
  }

  #isBehind(): boolean {
    return this.#parts.head() - this.#position >= worthFollowing
  }
}
