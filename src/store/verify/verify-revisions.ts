import type Database from 'better-sqlite3'
import { RevisionHash } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { revisionReader } from '../read/revisions.ts'
import type { Findings } from './findings.ts'

/** Every revision with its bundle. */
export function verifyRevisions(db: Database.Database, findings: Findings): number {
  const revisions = revisionReader(db)
  const all = db.prepare<[]>('SELECT hash FROM revision').pluck()
  let count = 0
  findings.check('revision', 'rows', () => {
    for (const stored of all.all()) {
      count++
      const key = String(stored)
      findings.check('revision', key, () => {
        const hash = RevisionHash.safeParse(stored)
        if (!hash.success || revisions.find(hash.data) === undefined) {
          throw new CorruptionFound('revision', key, 'it cannot be found by its hash')
        }
      })
    }
  })
  return count
}
