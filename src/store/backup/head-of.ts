import { type JournalHead, journalReader } from '../read/journal.ts'
import { openReader } from '../sqlite/connection.ts'
import { reading } from '../sqlite/reading.ts'

/** Where the journal of a store's file ends. @throws CorruptionFound, StorageFailed */
export function headOf(file: string): JournalHead {
  const db = openReader(file)
  try {
    return reading(file, () => journalReader(db).head())
  } finally {
    db.close()
  }
}
