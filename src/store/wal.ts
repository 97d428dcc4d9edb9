/**
 * When the WAL is copied into the file, and by whom. SQLite would do it within a commit, ten milliseconds at a time;
 * here the reader's thread does it beside the writer.
 *
 * Invariants:
 * 1. A commit waits for it only where the writer has been so busy that the WAL could not be begun again for
 *    `tooLong` pages: only between two commits is there a moment in which nothing is left to copy.
 */
import Database from 'better-sqlite3'
import { z } from 'zod'

/** Pages. */
const worthCopying = 1_000
const tooLong = 16_000
/** Commits from one look at the WAL to the next: a look costs a good part of a small commit. */
const between = 8

const Progress = z.object({ log: z.int(), checkpointed: z.int() })

export class WalKeeper {
  readonly #ask: Database.Statement<[]>
  readonly #copy: Database.Statement<[]>
  readonly #relieve: () => Promise<void>
  readonly #troubled: (what: string, error: unknown) => void
  #relieving = false
  #commits = 0

  /** `relieve` has the reader's thread copy. */
  constructor(
    writer: Database.Database,
    relieve: () => Promise<void>,
    troubled: (what: string, error: unknown) => void,
  ) {
    this.#ask = writer.prepare('PRAGMA wal_checkpoint(NOOP)')
    this.#copy = writer.prepare('PRAGMA wal_checkpoint(PASSIVE)')
    this.#relieve = relieve
    this.#troubled = troubled
  }

  /** To be called after a commit. */
  grew(): void {
    this.#commits += 1
    if (this.#commits % between === 0) this.look()
  }

  /** Has the WAL copied where it is worth it. */
  look(): void {
    try {
      const { log, checkpointed } = Progress.parse(this.#ask.get())
      if (log - checkpointed < worthCopying) return
      if (log < tooLong) this.#haveItCopied()
      else this.#copy.get()
    } catch (error) {
      this.#troubled('copying the WAL into the store', error)
    }
  }

  #haveItCopied(): void {
    if (this.#relieving) return
    this.#relieving = true
    this.#relieve()
      .catch((error: unknown) => this.#troubled('copying the WAL into the store', error))
      .finally(() => {
        this.#relieving = false
      })
  }
}

/** Copies what the WAL holds into the file without holding up whoever reads or writes. */
export function bringHome(file: string): void {
  const db = new Database(file, { fileMustExist: true })
  try {
    db.pragma('synchronous = FULL')
    db.pragma('wal_checkpoint(PASSIVE)')
  } finally {
    // The last connection to close copies all of it; this one is never the last.
    db.close()
  }
}
