/**
 * Retention as the engine's thread sees it: a plan is made in a thread of its own and carried out beside the commits, a
 * few rows at a time. What a kill leaves undone the next plan takes up.
 *
 * Invariants:
 * 1. What is removed is what a plan said, less what has moved since.
 * 2. While others commit, it rests between its transactions.
 */
import { statSync } from 'node:fs'
import type { Clock } from '../../engine/ports.ts'
import type { Actor } from '../../model/actor.ts'
import type { JournalEntry, Position } from '../../model/entry.ts'
import type { Instant, RunId } from '../../model/ids.ts'
import { added, type Amount, noAmount, noneTrimmed, type Retained, type RetentionPlan, type RetentionPolicy, type RetentionProgress, withTrimmed } from '../../model/retention.ts'
import { CorruptionFound, GivenUp, StorageFailed } from '../../model/storage-errors.ts'
import type { Reads } from '../reader/reads.ts'
import { AskedThread, type AskedThreadOptions } from '../thread/asked-thread.ts'
import type { Removal, Removed } from '../write/removal-writer.ts'
import { readLastRemoval, writeLastRemoval } from './last-removal.ts'
import type { Planned } from './plan.ts'
import type { TrimOrder, Trimmed } from '../write/trim-writer.ts'
import type { Removable, Trimmable } from './removable.ts'
import { Heard, type Since } from './since.ts'

/** Milliseconds between two transactions while others commit. */
const pause = 20
/** Runs that are handed to one transaction, which takes as many of them as it has room for. Each takes its time, however few its rows. */
const atOnce = 20
/** Pages that are given back in one transaction. */
const pagesAtOnce = 64

export interface RetentionKeeperParts extends Omit<AskedThreadOptions, 'name'> {
  readonly clock: Clock
  /** The store's file. */
  readonly file: string
  /** Where it remembers when it was at work. */
  readonly memory: string
  readonly head: () => Position
  /** Commits the removal of some runs. */
  readonly remove: (removal: Removal) => Promise<Removed>
  /** Commits the removal of some checkpoints of a run that stays. */
  readonly trim: (order: TrimOrder) => Promise<Trimmed>
  /** Commits that so many pages are given back; false where there are none, or none that can be. */
  readonly giveBack: (pages: number) => Promise<boolean>
  /** Brings home what the WAL holds, all of it, so that the file is as small as it is said to be. */
  readonly settle: () => Promise<void>
  readonly troubled: (what: string, error: unknown) => void
}

export interface RetentionRequest {
  readonly policy: RetentionPolicy
  /** Runs of which damage was found. */
  readonly damaged: readonly RunId[]
}

export interface RetentionOrder extends RetentionRequest {
  readonly actor: Actor
  readonly told: (progress: RetentionProgress) => void
  /** Hears each entry that was journaled, after its commit. */
  readonly committed: (entry: JournalEntry) => void
}

type RunsGone = Pick<Retained, 'removed' | 'left'> & Pick<Removed, 'since' | 'unsure'>
type PartsGone = Pick<Retained, 'removed' | 'trimmed' | 'untrimmed'>

export class RetentionKeeper {
  readonly #parts: RetentionKeeperParts
  readonly #thread: AskedThread<Reads>
  #applying: Promise<Retained> | undefined
  #last: Instant | null
  #closed = false

  /** `entry` is the module of the reader's thread. */
  constructor(parts: RetentionKeeperParts) {
    this.#parts = parts
    this.#last = readLastRemoval(parts.memory)
    this.#thread = new AskedThread({ ...parts, name: 'retention' })
  }

  /** When the last removal ended, one in which nothing went as well; null where none is known. */
  get last(): Instant | null {
    return this.#last
  }

  /** What would go now. @throws CorruptionFound; GivenUp where the store is closed meanwhile */
  async plan(request: RetentionRequest): Promise<RetentionPlan> {
    return (await this.#planned(request)).plan
  }

  /**
   * Removes what a plan of this moment says, and gives the room back to the disk where the file can.
   * @throws StorageFailed, CorruptionFound; GivenUp where the store is closed meanwhile: what is left goes another time
   */
  apply(order: RetentionOrder): Promise<Retained> {
    if (this.#applying !== undefined) {
      return Promise.reject(new StorageFailed('retention is at work already: wait until it has ended'))
    }
    this.#applying = this.#apply(order).finally(() => {
      this.#applying = undefined
    })
    return this.#applying
  }

  /** What is under way is given up between two transactions. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#thread.abandon(), this.#applying?.catch(() => undefined)])
  }

  #planned({ policy, damaged }: RetentionRequest): Promise<Planned> {
    return this.#thread.ask('retention', { policy, damaged, now: this.#parts.clock.now() })
  }

  async #apply(order: RetentionOrder): Promise<Retained> {
    const { file, settle } = this.#parts
    const planned = await this.#planned(order)
    const gone = await this.#remove(planned, order)
    const parts = await this.#trim(planned, order, gone)
    const isSmaller = await this.#giveBack()
    if (isSmaller) await settle()
    const returned = isSmaller ? Math.max(0, planned.plan.file - statSync(file).size) : 0
    await this.#remember()
    return { left: gone.left, ...parts, returned, givesBack: planned.plan.givesBack }
  }

  async #remember(): Promise<void> {
    const { clock, memory, troubled } = this.#parts
    this.#last = clock.now()
    await writeLastRemoval(memory, this.#last).catch((error: unknown) => troubled('noting when retention was at work', error))
  }

  async #remove({ runs, looked, unsure: notKnown, plan }: Planned, { actor, told, committed }: RetentionOrder): Promise<RunsGone> {
    const { clock, remove, troubled } = this.#parts
    let [removed, left, next, width, unsure] = [noAmount, 0, 0, atOnce, notKnown]
    let since: Since = { upTo: looked.upTo, position: looked.position, heard: new Heard(looked) }
    let underWay: Removable | null = null
    while (underWay !== null || next < runs.length) {
      const some: readonly Removable[] = underWay === null ? runs.slice(next, next + width) : [underWay]
      try {
        const did: Removed = await this.#between(() => remove({ runs: some, since, unsure, at: clock.now(), actor }))
        since = did.since
        if (did.done === 0) continue
        if (did.entry !== null) committed(did.entry)
        removed = added(removed, did.amount)
        left += did.stayed
        if (underWay === null) next += did.done
        underWay = did.underWay
        unsure = did.unsure
        width = atOnce
        told(progress(removed, plan))
      } catch (error) {
        if (!(error instanceof CorruptionFound)) throw error
        if (some.length > 1) {
          // One of them is damaged: the others go all the same.
          width = 1
          continue
        }
        troubled('removing what retention is told to', error)
        left += 1
        if (underWay === null) {
          next += 1
          unsure = new Set([...unsure, ...some.map(({ lineage }) => lineage)])
        }
        underWay = null
        width = atOnce
      }
    }
    return { removed, left, since, unsure }
  }

  /** `before` is what has gone by then. */
  async #trim({ trims, plan }: Planned, { actor, told, committed }: RetentionOrder, before: RunsGone): Promise<PartsGone> {
    const { clock, trim, troubled } = this.#parts
    let [removed, trimmed, untrimmed, since] = [before.removed, noneTrimmed, 0, before.since]
    const unsure = new Set(before.unsure)
    const leave = ({ lineage }: Trimmable): void => {
      untrimmed += 1
      unsure.add(lineage)
    }
    for (const each of trims) {
      // What it was reckoned without stays of another run of its lineage: nobody knows which values are that one's too.
      const isUnsure = unsure.has(each.lineage)
      if (isUnsure) leave(each)
      let gone = noAmount
      let rest: Trimmable | null = isUnsure ? null : each
      while (rest !== null) {
        const part: Trimmable = rest
        try {
          const did: Trimmed = await this.#between(() => trim({ trim: part, since, at: clock.now(), actor }))
          since = did.since
          if (did.entry !== null) committed(did.entry)
          removed = added(removed, did.amount)
          gone = added(gone, did.amount)
          if (did.isLeft) leave(part)
          rest = did.rest
          told(progress(removed, plan))
        } catch (error) {
          if (!(error instanceof CorruptionFound)) throw error
          troubled('removing what retention is told to', error)
          leave(part)
          rest = null
        }
      }
      trimmed = withTrimmed(trimmed, gone)
    }
    return { removed, trimmed, untrimmed }
  }

  /** Answers whether any page was given back. */
  async #giveBack(): Promise<boolean> {
    let some = false
    while (await this.#between(() => this.#parts.giveBack(pagesAtOnce))) some = true
    return some
  }

  /** Does one transaction's work; where others have committed since the one before it, after a rest. */
  async #between<T>(work: () => Promise<T>): Promise<T> {
    const { clock, head } = this.#parts
    if (this.#closed) throw new GivenUp('the store is being closed: what is left goes another time')
    const before = head()
    const done = await work()
    if (head() > before + 1) await new Promise<void>((resolve) => clock.at(clock.now() + pause, resolve))
    return done
  }
}

function progress({ runs, checkpoints, bytes }: Amount, { total }: RetentionPlan): RetentionProgress {
  return { type: 'removed', runs, checkpoints, bytes, of: { runs: total.runs, checkpoints: total.checkpoints, bytes: total.bytes } }
}
