/**
 * The index's thread as the engine's thread sees it: it is told when the journal has grown, never waited for by a commit.
 *
 * Invariants:
 * 1. One slice is under way at a time, whoever waits for it: so a question waits for no more than that and its own.
 * 2. While somebody looks, what is new is followed beside the commits. Where nobody does, a burst of work has the processors to itself:
 *    what is new is followed once few commits come, or `mostLeft` entries wait.
 * 3. Whoever begins to look is answered as of that moment, unless more than `mostLeft` entries had been left: then as of so many further.
 * 4. A host that starts has better things to do: what its store holds already is followed once somebody asks, or with what is worth
 *    following of what is new.
 */
import type { Clock } from '../../engine/ports.ts'
import type { Figures, Search } from '../../engine/queries.ts'
import type { Position } from '../../model/entry.ts'
import type { RunQuery } from '../../model/found-runs.ts'
import type { Instant } from '../../model/ids.ts'
import type { LatencyBucket } from '../format/latency.ts'
import { AskedThread, type AskedThreadOptions } from '../thread/asked-thread.ts'
import type { IndexMethods } from './methods.ts'
import type { Progress } from './journal-index.ts'
import { few, looking, mostLeft, rest, slice, worthFollowing } from './pace.ts'

export interface IndexerParts extends Omit<AskedThreadOptions, 'name'> {
  readonly clock: Clock
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
  #askedAt: Instant | undefined
  /** What whoever has begun to look waits for, and who asks meanwhile. */
  #catchingUp = Promise.resolve()
  #slice: Promise<Progress> | undefined
  #following = false
  #stopWaiting: (() => void) | undefined
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

  readonly metrics: Figures['metrics'] = async (range) => {
    await this.#caughtUp()
    return this.#thread.ask('metrics', range, this.#parts.latencies())
  }

  readonly health: Figures['health'] = (from) => this.#ask('health', from)
  readonly revisions: Figures['revisions'] = (workflow) => this.#ask('revisions', workflow)
  readonly failures: Figures['failures'] = (since) => this.#ask('failures', since)
  readonly errorGroups: Figures['errorGroups'] = (...asked) => this.#ask('errorGroups', ...asked)
  readonly errorsOfGroup: Figures['errorsOfGroup'] = (...asked) => this.#ask('errorsOfGroup', ...asked)
  readonly errorFigures: Figures['errorFigures'] = (query) => this.#ask('errorFigures', query)
  readonly storage: Figures['storage'] = () => this.#ask('storage')

  /** To be called after a commit. */
  grew(): void {
    if (this.#following || this.#closed || this.#left() < worthFollowing) return
    if (this.#isLookedAt() || this.#left() >= mostLeft) this.#beginFollowing()
    else this.#followAtRest()
  }

  /** Answers what was asked, then ends the thread. */
  close(): Promise<void> {
    this.#closed = true
    this.#stopWaiting?.()
    return this.#thread.close()
  }

  #ask: AskedThread<IndexMethods>['ask'] = async (method, ...given) => {
    await this.#caughtUp()
    return this.#thread.ask(method, ...given)
  }

  #caughtUp(): Promise<void> {
    const isLookedAt = this.#isLookedAt()
    if (this.#askedAt === undefined) this.#position = 0
    this.#askedAt = this.#parts.clock.now()
    return isLookedAt ? this.#catchingUp : (this.#catchingUp = this.#catchUp())
  }

  #isLookedAt(): boolean {
    return this.#askedAt !== undefined && this.#parts.clock.now() - this.#askedAt < looking
  }

  async #catchUp(): Promise<void> {
    const goal = this.#parts.head()
    try {
      for (let entries = 0; entries < mostLeft && this.#position < goal; entries += slice) await this.#follow()
      this.grew()
    } catch {
      // Whoever asks is told of it.
    }
  }

  #followAtRest(): void {
    if (this.#stopWaiting !== undefined) return
    const { clock, head } = this.#parts
    const stood = head()
    this.#stopWaiting = clock.at(clock.now() + rest, () => {
      this.#stopWaiting = undefined
      if (this.#closed) return
      if (head() - stood <= few) this.#beginFollowing()
      else this.grew()
    })
  }

  #beginFollowing(): void {
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

  async #followAll(): Promise<void> {
    while (!this.#closed && this.#left() >= worthFollowing) await this.#follow()
  }

  #follow(): Promise<Progress> {
    return (this.#slice ??= this.#followSlice().finally(() => {
      this.#slice = undefined
    }))
  }

  async #followSlice(): Promise<Progress> {
    const progress = await this.#thread.ask('follow')
    this.#position = progress.position
    return progress
  }

  #left(): number {
    return this.#parts.head() - this.#position
  }
}
