import type { Clock, Notification } from '../engine/ports.ts'
import { type Actor, hostActor } from '../model/actor.ts'
import type { JournalEntry } from '../model/entry.ts'
import type { Millis, RunId } from '../model/ids.ts'
import { isBounded, type Retained, type RetentionPlan, type RetentionPolicy, type RetentionProgress } from '../model/retention.ts'
import { GivenUp } from '../model/storage-errors.ts'
import type { Retention } from '../service/parts.ts'
import type { Store } from '../store/open-store.ts'

export interface KeptPastParts {
  readonly clock: Clock
  readonly store: Pick<Store, 'retention'>
  readonly policy: RetentionPolicy
  /** From the end of one removal to the next, in milliseconds. */
  readonly pause: Millis
  /** Runs of which damage was found. */
  readonly damaged: () => readonly RunId[]
  readonly notification: Notification
}

/** Keeps of the past what the settings say, and no more: when somebody asks, and for as long as a host serves. */
export class KeptPast implements Retention {
  readonly #parts: KeptPastParts
  #cancel: (() => void) | undefined
  #closed = false

  constructor(parts: KeptPastParts) {
    this.#parts = parts
  }

  plan(): Promise<RetentionPlan> {
    const { store, policy, damaged } = this.#parts
    return store.retention.plan({ policy, damaged: damaged() })
  }

  apply(actor: Actor, told: (progress: RetentionProgress) => void): Promise<Retained> {
    const { store, policy, damaged, notification } = this.#parts
    const committed = (entry: JournalEntry): void => notification.committed(entry, null)
    return store.retention.apply({ policy, damaged: damaged(), actor, told, committed })
  }

  /** Removes what is beyond the bounds after each pause; where there are none, never. */
  begin(): void {
    const { clock, policy, pause, notification } = this.#parts
    if (this.#closed || !isBounded(policy)) return
    this.#cancel = clock.at(clock.now() + pause, () => {
      this.apply(hostActor, () => undefined)
        .catch((error: unknown) => {
          if (!(error instanceof GivenUp)) notification.troubled('removing what retention is told to', error)
        })
        .finally(() => this.begin())
    })
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
  }
}
