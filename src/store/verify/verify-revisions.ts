import type Database from 'better-sqlite3'
import { RevisionHash } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { revisionReader } from '../read/revisions.ts'
import type { Findings } from './findings.ts'
import { pinnedByTeller } from './pinned-by.ts'
import { type Walk, walkRows } from './walk-rows.ts'

interface Row {
  readonly hash: unknown
  readonly workflow: unknown
  readonly size: unknown
}

/** Every revision with its bundle; what is damaged of one is of the runs that cannot go on without it, or of no run where there are none. */
export function verifyRevisions(db: Database.Database, findings: Findings, counted: () => void): Walk {
  const revisions = revisionReader(db)
  const tellOfRuns = pinnedByTeller(db, findings)

  /** @throws CorruptionFound */
  const assertWhole = (hash: unknown, workflow: unknown): void => {
    const parsed = RevisionHash.safeParse(hash)
    const revision = parsed.success ? revisions.find(parsed.data) : undefined
    if (revision !== undefined && revision.manifest.name === workflow) return
    throw new CorruptionFound('revision', String(hash), 'it cannot be found by its hash, or not by its workflow')
  }

  return walkRows<Row>(db, findings, {
    section: 'revisions',
    key: ['hash'],
    select: 'SELECT hash, workflow, length(content) + length(bundle) AS size FROM revision',
    keyOf: ({ hash }) => [String(hash)],
    bytes: ({ size }) => Number(size),
    look: ({ hash, workflow }) =>
      findings.checkAll('revision', String(hash), () => {
        counted()
        try {
          assertWhole(hash, workflow)
        } catch (error) {
          throw error instanceof CorruptionFound ? tellOfRuns(error) : error
        }
      }),
  })
}
