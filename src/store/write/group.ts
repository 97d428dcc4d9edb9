/**
 * Group commit: what one turn of the event loop submits is one SQLite transaction and one fsync.
 *
 * It owns the write transaction of its connection: nothing else begins one.
 *
 * Invariants:
 * 1. A job that throws is undone by itself and rejects by itself. That is rare, and a savepoint for each job costs a copy of
 *    every page that it touches: so they are done without, and where one throws, all of them again, each in its savepoint.
 * 2. Nobody hears of a job's result, good or bad, before the COMMIT has returned.
 * 3. Where the transaction fails, every job of it rejects with why and nothing of it is stored.
 * 4. A job that meets a malformed page spoils the transaction, savepoint or not: it rejects by itself. Those before it, which met
 *    none, are done again in a transaction of theirs, and those behind it in the next: no job is done a third time for what others
 *    meet, however many do.
 * 5. What is kept in memory of the transaction is taken back with it.
 */
import type Database from 'better-sqlite3'
import { type CorruptionFound, StorageError, StorageFailed } from '../../model/storage-errors.ts'
import { faultOf } from '../sqlite/fault.ts'
import { damageOf } from '../sqlite/reading.ts'

/** Runs a call once in a later turn of the event loop. */
export type Defer = (call: () => void) => void

/** Memory that follows the transaction: `mark` answers what puts it back to this moment. */
export interface Follower {
  mark(): () => void
}

/** Hears how each transaction ended, before those whose work it held; it must not throw. */
export interface Outcomes {
  committed(): void
  /** Nothing of it is stored. */
  failed(why: StorageFailed): void
  /** The file is damaged where some of the work, or all of it, needs it: that is not stored. */
  damaged(why: CorruptionFound): void
}

interface Job {
  /** Does the work, again where it was undone, and answers what tells of it. */
  readonly perform: () => () => void
  readonly reject: (error: Error) => void
}

/** Why a job is left out of its group. */
class MetDamage extends Error {
  readonly job: Job
  readonly damage: CorruptionFound

  constructor(job: Job, damage: CorruptionFound) {
    super(damage.message, { cause: damage })
    this.job = job
    this.damage = damage
  }
}

export class Group {
  readonly #defer: Defer
  readonly #followers: readonly Follower[]
  readonly #outcomes: Outcomes
  readonly #file: string
  readonly #transaction: (jobs: readonly Job[]) => (() => void)[]
  #jobs: Job[] = []
  #closed = false

  constructor(db: Database.Database, defer: Defer, followers: readonly Follower[], outcomes: Outcomes) {
    this.#defer = defer
    this.#followers = followers
    this.#outcomes = outcomes
    this.#file = db.name
    let thrown: unknown
    const together = db.transaction((jobs: readonly Job[]) =>
      jobs.map((job) => {
        try {
          return this.#perform(job)
        } catch (error) {
          thrown = error
          throw error
        }
      }),
    )
    const savepoint = db.transaction((job: Job) => this.#perform(job))
    const apart = db.transaction((jobs: readonly Job[]) =>
      jobs.map((job) => {
        const undo = this.#mark()
        try {
          return savepoint(job)
        } catch (error) {
          // Some errors (a full disk) make SQLite roll back all of it: then there is no group to go on with.
          if (!db.inTransaction || error instanceof MetDamage) throw error
          undo()
          return () => job.reject(rejection(error))
        }
      }),
    )
    this.#transaction = (jobs) => {
      const undo = this.#mark()
      try {
        return together.immediate(jobs)
      } catch (error) {
        if (error !== thrown || error instanceof MetDamage) throw error
        undo()
        return apart.immediate(jobs)
      }
    }
  }

  /**
   * Rejects with the StorageError that the work throws, with CorruptionFound of the file where a page of that is malformed, and with
   * StorageFailed for anything else. `stored` is called at
   * the return of the COMMIT that holds the work; it must not throw.
   */
  submit<T>(work: () => T, stored?: () => void): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageFailed('the store is closed: open it again'))
    if (this.#jobs.length === 0) this.#defer(() => this.flush())
    return new Promise((resolve, reject) => {
      const perform = (): (() => void) => {
        const result = work()
        return () => {
          stored?.()
          resolve(result)
        }
      }
      this.#jobs.push({ perform, reject })
    })
  }

  /** Commits what was submitted so far. */
  flush(): void {
    const jobs = this.#jobs
    if (jobs.length === 0) return
    this.#jobs = []
    for (const tell of this.#commit(jobs)) tell()
  }

  /** Commits what was submitted and takes no more. */
  close(): void {
    this.flush()
    this.#closed = true
  }

  #perform(job: Job): () => void {
    try {
      return job.perform()
    } catch (error) {
      const damage = damageOf(this.#file, error)
      throw damage === undefined ? error : new MetDamage(job, damage)
    }
  }

  #commit(jobs: readonly Job[]): (() => void)[] {
    const tells: (() => void)[] = []
    let [part, rest] = [jobs, jobs]
    while (rest.length > 0) {
      const undo = this.#mark()
      try {
        tells.push(() => this.#outcomes.committed(), ...this.#transaction(part))
        rest = rest.slice(part.length)
        part = rest
      } catch (error) {
        undo()
        if (!(error instanceof MetDamage)) return [...tells, ...this.#rejecting(rest, error)]
        part = part.slice(0, part.indexOf(error.job))
        if (part.length > 0) continue
        tells.push(...this.#rejecting([error.job], error))
        rest = rest.slice(1)
        part = rest
      }
    }
    return tells
  }

  #rejecting(jobs: readonly Job[], error: unknown): (() => void)[] {
    const damage = error instanceof MetDamage ? error.damage : damageOf(this.#file, error)
    const why = damage ?? faultOf(this.#file, error) ?? new StorageFailed(`the group could not be committed: ${messageOf(error)}`, { cause: error })
    return [
      () => (why instanceof StorageFailed ? this.#outcomes.failed(why) : this.#outcomes.damaged(why)),
      ...jobs.map((job) => () => job.reject(why)),
    ]
  }

  #mark(): () => void {
    const undos = this.#followers.map((follower) => follower.mark())
    return () => undos.forEach((undo) => undo())
  }
}

function rejection(error: unknown): Error {
  if (error instanceof StorageError) return error
  return new StorageFailed(`the transition could not be stored: ${messageOf(error)}`, { cause: error })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
