import { rmSync, writeFileSync } from 'node:fs'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { JournalHead } from '../read/journal.ts'
import { openReader } from '../crypt/open-reader.ts'
import type { Opening } from '../thread/answering-thread.ts'
import { verifyStore } from '../verify/verify-store.ts'

/**
 * Recomputes everything in a copy of a store, up to the head that its journal should have.
 * @throws CorruptionFound, KeyRefused, and what `goOn` throws, which is called before each row
 */
export function assertWhole(file: string, head: JournalHead, { key = null, goOn }: Partial<Pick<Opening, 'key' | 'goOn'>> = {}): void {
  const anchor = `${file}-anchor`
  try {
    writeFileSync(anchor, `${JSON.stringify(head)}\n`)
    assertNothingFound(file, anchor, key, goOn)
  } finally {
    rmSync(anchor, { force: true })
  }
}

function assertNothingFound(file: string, anchor: string, key: Opening['key'], goOn?: Opening['goOn']): void {
  const db = openReader(file, key)
  try {
    const { findings } = verifyStore(db, anchor, goOn)
    const [first] = findings
    if (first === undefined) return
    const more = findings.length === 1 ? '' : `, and ${findings.length - 1} more`
    throw new CorruptionFound('store', file, `${first.object} ${first.key}: ${first.detail}${more}`)
  } finally {
    db.close()
  }
}
