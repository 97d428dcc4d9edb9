import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'

/** Both files, for as long as they are open. Each method is called within one transaction, caught up with the journal. */
export interface OpenIndex {
  readonly index: Database.Database
  readonly store: Database.Database
  /** The journal's position up to which the index has read. */
  position(): Position
  /** Damaged entries that the index has gone past. */
  passed(): readonly Position[]
}
