import { CorruptionFound } from '../../model/storage-errors.ts'
import type { JournalHead } from '../read/journal.ts'
import { openReader } from '../crypt/open-reader.ts'
import type { Opening } from '../thread/answering-thread.ts'
import { verifyStore } from '../verify/verify-store.ts'

/**
 * Recomputes everything in a copy of a store, up to the head that its journal should have. Nothing is written beside it.
 * @throws CorruptionFound, KeyRefused, and what `goOn` throws, which is called before each row
 */
export function assertWhole(file: string, head: JournalHead, { key = null, goOn }: Partial<Pick<Opening, 'key' | 'goOn'>> = {}): void {
  const db = openReader(file, key)
  try {
    const { findings } = verifyStore(db, head, goOn)
    const [first] = findings
    if (first === undefined) return
    const more = findings.length === 1 ? '' : `, and ${findings.length - 1} more`
    throw new CorruptionFound('store', file, `${first.object} ${first.key}: ${first.detail}${more}`)
  } finally {
    db.close()
  }
}
