import type { Clock, Notification } from '../engine/ports.ts'
import { type Actor, hostActor } from '../model/actor.ts'
import type { JournalEntry } from '../model/entry.ts'
import type { Instant, Millis, RunId } from '../model/ids.ts'
import { isBounded, type Retained, type RetentionPlan, type RetentionPolicy, type RetentionProgress } from '../model/retention.ts'
import { GivenUp } from '../model/storage-errors.ts'
import type { Retention } from '../service/parts.ts'
import type { Store } from '../store/open-store.ts'

export interface KeptPastParts {
  readonly clock: Clock
  readonly store: Pick<Store, 'retention'>
  /** As the settings have it now. `every` is from the end of one removal to the next, in milliseconds. */
  readonly bounds: () => { readonly policy: RetentionPolicy; readonly every: Millis }
  /** Runs of which damage was found. */
  readonly damaged: () => readonly RunId[]
  readonly notification: Notification
}

/**
 * How long nothing is removed after a start, and after a bound is set where there was none, in milliseconds: a start is busy, and a bound may
 * be a slip.
 */
const grace = 5 * 60_000

/** Keeps of the past what the settings say, and no more: when somebody asks, and for as long as a host serves. */
export class KeptPast implements Retention {
  readonly #parts: KeptPastParts
  #cancel: (() => void) | undefined
  #closed = false
  /** A removal is under way: what follows it goes by the bounds of then. */
  #removes = false
  /** Nothing is removed before; undefined where there are no bounds. */
  #earliest: Instant | undefined
  /** When the last one ended that was begun here, well or not. */
  #tried: Instant | null = null

  constructor(parts: KeptPastParts) {
    this.#parts = parts
  }

  plan(): Promise<RetentionPlan> {
    const { store, bounds, damaged } = this.#parts
    return store.retention.plan({ policy: bounds().policy, damaged: damaged() })
  }

  apply(actor: Actor, told: (progress: RetentionProgress) => void): Promise<Retained> {
    const { store, bounds, damaged, notification } = this.#parts
    const committed = (entry: JournalEntry): void => notification.committed(entry, null)
    return store.retention.apply({ policy: bounds().policy, damaged: damaged(), actor, told, committed })
  }

  /**
   * Removes what is beyond the bounds whenever that is due, from the removals of earlier hosts on; where there are no bounds, never. To be
   * called again when they are others.
   */
  begin(): void {
    const { clock, bounds } = this.#parts
    const { policy, every } = bounds()
    this.#cancel?.()
    this.#earliest = isBounded(policy) ? (this.#earliest ?? clock.now() + Math.min(grace, every)) : undefined
    if (this.#closed || this.#removes || this.#earliest === undefined) return
    this.#cancel = clock.at(this.#due(this.#earliest, every), () => this.#remove())
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
  }

  #due(earliest: Instant, every: Millis): Instant {
    const { clock, store } = this.#parts
    const now = clock.now()
    // One that is still to come tells of a clock that was set back.
    const ended = [store.retention.last, this.#tried].flatMap((at) => (at === null || at > now ? [] : [at]))
    return Math.max(earliest, ...ended.map((at) => at + every))
  }

  #remove(): void {
    const { clock, notification } = this.#parts
    this.#removes = true
    this.apply(hostActor, () => undefined)
      .catch((error: unknown) => {
        if (!(error instanceof GivenUp)) notification.troubled('removing what retention is told to', error)
      })
      .finally(() => {
        this.#removes = false
        this.#tried = clock.now()
        this.begin()
      })
  }
}
