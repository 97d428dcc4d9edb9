/**
 * Whether the store can be written. Nothing is lost where it cannot: what the engine learnt is tried again, and whoever
 * asked is told. Here it is known while it lasts, and that it is over, also where nobody else writes. That the file is damaged where
 * something was to be written does not pass: it stands for as long as the store is open.
 */
import type { Clock } from '../engine/ports.ts'
import type { Instant } from '../model/ids.ts'
import type { CorruptionFound, StorageFailed } from '../model/storage-errors.ts'
import type { Outcomes } from './write/group.ts'

/** While it lasts, something is written this often, in milliseconds, to see whether it can be. */
const pause = 1_000

/** A nearly full disk takes one group and not the next: it is over once none has failed for so long, in milliseconds. */
const calm = 3_000

/** A fault that passes, or damage that does not. */
export type Unwritable = StorageFailed | CorruptionFound

export interface FaultWatchParts {
  readonly clock: Clock
  /** Commits something that changes nothing. */
  readonly probe: () => Promise<void>
  /** Told when writing begins to fail, fails for another reason, or works again: then with null. */
  readonly changed: (fault: Unwritable | null) => void
}

export class FaultWatch implements Outcomes {
  readonly #parts: FaultWatchParts
  #fault: StorageFailed | null = null
  #damage: CorruptionFound | null = null
  #failedAt: Instant = 0
  #cancel: (() => void) | undefined
  #closed = false

  constructor(parts: FaultWatchParts) {
    this.#parts = parts
  }

  /** Why the store cannot be written; null where it can, as far as anybody has tried. */
  get fault(): Unwritable | null {
    return this.#damage ?? this.#fault
  }

  damaged(why: CorruptionFound): void {
    if (this.#damage !== null) return
    this.#damage = why
    this.#parts.changed(why)
  }

  committed(): void {
    if (this.#fault === null) return
    if (this.#parts.clock.now() - this.#failedAt < calm) return this.#probeLater()
    this.#disarm()
    this.#change(null)
  }

  failed(why: StorageFailed): void {
    this.#failedAt = this.#parts.clock.now()
    if (why.message !== this.#fault?.message) this.#change(why)
    this.#probeLater()
  }

  close(): void {
    this.#closed = true
    this.#disarm()
  }

  #probeLater(): void {
    if (this.#closed) return
    const { clock, probe } = this.#parts
    // What it comes to is heard here all the same.
    this.#cancel ??= clock.at(clock.now() + pause, () => {
      this.#cancel = undefined
      probe().catch(() => undefined)
    })
  }

  #disarm(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #change(fault: StorageFailed | null): void {
    this.#fault = fault
    if (this.#damage === null) this.#parts.changed(fault)
  }
}
