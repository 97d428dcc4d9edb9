import type Database from 'better-sqlite3'
import type { Verification } from '../../model/integrity.ts'
import type { JournalHead } from '../read/journal.ts'
import { Allowance } from './allowance.ts'
import { listed } from './findings.ts'
import { Round } from './round.ts'
import { start } from './place.ts'

/**
 * Goes once around a whole store without a rest, and recomputes everything that can be recomputed. `anchor` is the file of it, or the head
 * that the journal has to have.
 * @throws GivenUp where `goOn` does, which is called before each row
 */
export function verifyStore(db: Database.Database, anchor: string | JournalHead, goOn = (): void => undefined): Verification {
  const { found, checked } = new Round(db, anchor, goOn).leg(start, new Allowance(Number.POSITIVE_INFINITY))
  return { findings: listed(found), checked }
}
