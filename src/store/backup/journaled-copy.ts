/** A store's file that nobody has open, and its journal: what takes a store's place says so in its last entry. */
import type Database from 'better-sqlite3'
import type { HostEntry } from '../../model/entry.ts'
import type { JournalHead } from '../read/journal.ts'
import { JournalWriter } from '../write/journal-writer.ts'
import { makeOneFile } from './copy-store.ts'

type Told = Pick<HostEntry, 'at' | 'actor' | 'events'>

/** Makes one file of a copy, and has it say last what became of it. `prepare` comes before: it unlocks the copy. */
export function journaledCopy(file: string, told: Told, prepare: (db: Database.Database) => void): JournalHead {
  return makeOneFile(file, (db) => {
    prepare(db)
    const journal = new JournalWriter(db)
    journal.append({ correlation: null, run: null, ...told }, null)
    return journal.head
  })
}
