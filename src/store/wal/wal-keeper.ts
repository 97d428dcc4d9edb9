/**
 * When the WAL is copied into the file, and by whom. SQLite would do it within a commit, ten milliseconds at a time;
 * here a thread of its own does it beside the writer (`thread.ts`), the copier.
 *
 * Once all of it is copied and nobody reads it, SQLite begins it again from its start: to write over pages of a file costs
 * half of what it costs to have it grow. While commits go on there is always something left to copy, but between two of
 * them: so the writer copies what little is left after the copier.
 *
 * Invariants:
 * 1. A commit waits for the copying of a few pages at most; where the WAL could not be begun again for `tooLong` pages, of `bearable` ones, and where the copier fails, of all of it.
 * 2. The writer never waits for whoever reads: the engine runs on its thread.
 * 3. Where somebody reads on and on, nobody copies again before there is more of it.
 * 4. Where the copier fails, the writer copies once the WAL is too long: a commit that waits is better than a disk that is full.
 */
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { briefPatience } from '../sqlite/connection.ts'

/** Pages. More of them would be copied more seldom, and take no less: 8,000 and 16,000 gained nothing, and had the slowest runs wait longer. */
const worthCopying = 2_000
const few = 500
const tooLong = 16_000
const bearable = 4_000
/** Commits from one look at the WAL to the next: a look costs a good part of a small commit. */
const between = 16

/** How often it is tried to empty the file where somebody reads of it. */
const patience = 10

/** What SQLite answers: whether somebody was in the way, the pages of the WAL, and those of them that are in the file too. */
export const Checkpointed = z.tuple([z.int(), z.int(), z.int()])

type Who = 'writer' | 'copier'

export class WalKeeper {
  readonly #writer: Database.Database
  readonly #ask: Database.Statement<[]>
  readonly #copy: Database.Statement<[]>
  readonly #empty: Database.Statement<[]>
  readonly #haveCopied: () => Promise<void>
  readonly #troubled: (what: string, error: unknown) => void
  #isCopying = false
  #commits = 0
  /** How long the WAL was at the last look. */
  #log = 0
  /** How long it was when each of them was at it last, since it began again. */
  #tried: Record<Who, number> = { writer: 0, copier: 0 }
  /** Whether it failed the last time: that is told once, until it succeeds. */
  readonly #isFailing: Record<Who, boolean> = { writer: false, copier: false }

  /** `haveCopied` has the copier copy. */
  constructor(
    writer: Database.Database,
    haveCopied: () => Promise<void>,
    troubled: (what: string, error: unknown) => void,
  ) {
    this.#writer = writer
    // By names, better-sqlite3 would compile a function for each answer.
    this.#ask = writer.prepare<[]>('PRAGMA wal_checkpoint(NOOP)').raw()
    this.#copy = writer.prepare<[]>('PRAGMA wal_checkpoint(PASSIVE)').raw()
    this.#empty = writer.prepare<[]>('PRAGMA wal_checkpoint(TRUNCATE)').raw()
    this.#haveCopied = haveCopied
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
      const [, log, checkpointed] = Checkpointed.parse(this.#ask.get())
      // It may have begun again since, and be long already.
      if (log < this.#log) this.#tried = { writer: 0, copier: 0 }
      this.#log = log
      if (log < worthCopying || this.#isCopying) return
      const isLittle = log - checkpointed < (log < tooLong ? few : bearable)
      const who = isLittle || (this.#isFailing.copier && log >= tooLong) ? 'writer' : 'copier'
      if (log < this.#tried[who] + few) return
      this.#tried[who] = log
      if (who === 'copier') return this.#askCopier()
      this.#copy.get()
      this.#isFailing.writer = false
    } catch (error) {
      this.#failed('writer', error)
    }
  }

  /**
   * Copies all of it and empties the file, between two commits; where readers are in the way again and again, that is left.
   * `rest` gives them time to be done.
   */
  async settle(rest: () => Promise<void>): Promise<void> {
    for (let tries = 0; tries < patience; tries += 1) {
      await this.#copyBeside()
      if (this.#isEmptied()) return
      await rest()
    }
  }

  #isEmptied(): boolean {
    this.#writer.pragma('busy_timeout = 0')
    try {
      const [busy] = Checkpointed.parse(this.#empty.get())
      return busy === 0
    } finally {
      this.#writer.pragma(`busy_timeout = ${briefPatience}`)
    }
  }

  #askCopier(): void {
    this.#isCopying = true
    void this.#copyBeside().finally(() => {
      this.#isCopying = false
    })
  }

  /** Has the copier copy; what fails is told. */
  async #copyBeside(): Promise<void> {
    try {
      await this.#haveCopied()
      this.#isFailing.copier = false
    } catch (error) {
      this.#failed('copier', error)
    }
  }

  #failed(who: Who, error: unknown): void {
    if (!this.#isFailing[who]) this.#troubled('copying the WAL into the store', error)
    this.#isFailing[who] = true
  }
}
