import type Database from 'better-sqlite3'
import type { Slice } from './slice.ts'

/**
 * Reads what a slice of the journal makes of a projection's tables; what it answers writes it. While the
 * store is read, its WAL cannot be begun again, and to write an index takes many times as long: so nothing is read then.
 */
export type Follow = (slice: Slice) => () => void

/**
 * Tables of the index that are derived from the journal.
 *
 * `store` is the store's own file, read within one transaction with the entries that are followed. It may already be
 * ahead of them, so what is read there is the newest there is, and following the same entries twice equals once.
 */
export interface Projection {
  readonly name: string
  /** Raised whenever the tables or their meaning change: the index is then made anew. */
  readonly version: number
  create(index: Database.Database): void
  /** What is prepared here lives as long as both files; what is read is written within the transaction that moves the position. */
  follow(index: Database.Database, store: Database.Database): Follow
}
