import { chainReader, type JournalHead } from '../read/journal.ts'
import { assertStore, openReader } from '../sqlite/connection.ts'
import { reading } from '../sqlite/reading.ts'

/** Where the journal of a store's file ends. @throws StoreForeign where it is none, CorruptionFound, StorageFailed */
export function headOf(file: string): JournalHead {
  const db = openReader(file)
  try {
    return reading(file, () => {
      assertStore(db)
      return chainReader(db).head()
    })
  } finally {
    db.close()
  }
}
