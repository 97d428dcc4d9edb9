import type Database from 'better-sqlite3'
import type { RevisionHash } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunRow } from '../format/rows.ts'
import { definitionsOf } from '../read/branches.ts'
import { lineageReader } from '../read/lineages.ts'
import { addressesOf } from '../read/named-values.ts'
import { revisionReader } from '../read/revisions.ts'
import { type RunRows, runRowsReader } from '../read/run-rows.ts'
import type { Allowance } from './allowance.ts'
import type { Findings } from './findings.ts'
import { keyframeCountVerifier } from './verify-keyframe-count.ts'
import { pinnedByTeller } from './pinned-by.ts'
import { pastCountVerifier } from './verify-past-count.ts'
import { runPlaceVerifier } from './verify-run-place.ts'
import { runValuesVerifier } from './verify-run-values.ts'

/** The control rows of a run: against each other, the indexes, the journal, and what they refer to. */
export function runRowsVerifier(db: Database.Database, findings: Findings): (run: RunRow, allowance: Allowance) => void {
  const rowsOf = runRowsReader(db)
  const lineages = lineageReader(db)
  const revisions = revisionReader(db)
  const tellOfRuns = pinnedByTeller(db, findings)
  const verifyPlace = runPlaceVerifier(db, findings)
  const verifyValues = runValuesVerifier(db, findings)
  const verifyKeyframeCount = keyframeCountVerifier(db)
  const verifyPastCount = pastCountVerifier(db, findings)
  const pending = db
    .prepare<[number], unknown[]>('SELECT id, opened_at, deadline, queued FROM pending WHERE run = ? ORDER BY id')
    .raw()

  /** @throws CorruptionFound where the decisions that wait are not those that are found as waiting */
  const assertPending = ({ number, record }: RunRow, { decisions }: RunRows): void => {
    const asked = decisions
      .filter(({ status }) => status === 'pending')
      .map(({ id, kind, openedAt, deadline }) => [id, openedAt, deadline, kind === 'dead_letter' ? 1 : 0])
    if (JSON.stringify(asked) === JSON.stringify(pending.all(number))) return
    throw new CorruptionFound('run', record.id, 'those of its decisions that are pending are not those that are found as pending')
  }

  /** @throws CorruptionFound */
  const assertManifest = (hash: RevisionHash): void => {
    try {
      revisions.manifest(hash)
    } catch (error) {
      throw error instanceof CorruptionFound ? tellOfRuns(error) : error
    }
  }

  return (run, allowance) => {
    const { id, revision } = run.record
    const pinned = new Set([revision])
    const isInPlace = verifyPlace(run)
    findings.at({ section: 'runs', after: [run.number, 0] }, id)
    const isOfLineage = findings.check('run', id, () => lineages.byNumber(run.lineage))
    const isRead = findings.check('run', id, () => {
      const rows = rowsOf(run)
      for (const definition of definitionsOf(run, rows.branches)) pinned.add(definition)
      verifyValues(run, addressesOf(run, rows), allowance)
      assertPending(run, rows)
    })
    if (isInPlace && isOfLineage && isRead) findings.sawWhole('run', id)
    findings.checkAll('keyframe', id, () => verifyKeyframeCount(run))
    // What stands past the run's count is of no run.
    findings.at({ section: 'runs', after: [run.number, 0] })
    verifyPastCount(run)
    for (const hash of pinned) findings.check('run', id, () => assertManifest(hash))
  }
}
