import type { Instant, WorkflowName } from '../../../model/ids.ts'
import { floor, isKept, keptSince, type Width } from '../../measure/widths.ts'
import type { Figure } from './account.ts'

export type Key = readonly [kind: string, width: Width, at: Instant, workflow: string, name: string]

export interface Change {
  readonly key: Key
  /** By how much each detail changes. */
  readonly by: Map<string, number>
}

/**
 * What a slice of the journal changes in the buckets of one width.
 *
 * Invariants:
 * 1. It is what taking each entry by itself would come to: a bucket that some entry finds too old is let go there and
 *    then, with all that was counted in it before.
 */
export class Pending {
  readonly #width: Width
  readonly #changes = new Map<string, Change>()
  #oldest = Number.POSITIVE_INFINITY
  #now: Instant = 0
  #goneBefore: Instant = 0

  constructor(width: Width) {
    this.#width = width
  }

  /** Buckets before this are let go, whatever was in them when the slice began. */
  get goneBefore(): Instant {
    return this.#goneBefore
  }

  changes(): Iterable<Change> {
    return this.#changes.values()
  }

  /** An entry of that time comes next. */
  reach(now: Instant): void {
    const since = keptSince(this.#width, now)
    this.#now = now
    this.#goneBefore = Math.max(this.#goneBefore, since)
    if (since <= this.#oldest) return
    for (const [text, { key }] of this.#changes) if (key[2] < since) this.#changes.delete(text)
    this.#oldest = since
  }

  add(workflow: WorkflowName, { kind, name, detail, at, count }: Figure): void {
    if (!isKept(this.#width, at, this.#now)) return
    const bucket = floor(at, this.#width)
    const text = [kind, bucket, workflow, name].join('\n')
    const change: Change = this.#changes.get(text) ?? { key: [kind, this.#width, bucket, workflow, name], by: new Map() }
    this.#changes.set(text, change)
    this.#oldest = Math.min(this.#oldest, bucket)
    change.by.set(String(detail), (change.by.get(String(detail)) ?? 0) + count)
  }
}
