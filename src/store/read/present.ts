import type Database from 'better-sqlite3'
import { z } from 'zod'
import { Present } from '../../model/metrics.ts'
import { RunStatus } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'

/**
 * How many runs and decisions stand where, read off their indexes. A run of which the status is none stands nowhere: verification finds it.
 * It throws CorruptionFound where what waits makes no sense.
 */
export function presentReader(db: Database.Database): () => Present {
  const counts = db.prepare<[]>('SELECT status, count(*) FROM run GROUP BY status').raw()
  const pending = db.prepare<[]>(
    'SELECT count(*) AS pendingDecisions, min(opened_at) AS oldestDecisionAt FROM pending WHERE queued = 0',
  )
  const letters = db.prepare<[]>('SELECT count(*) AS deadLetters FROM pending WHERE queued = 1')
  const nothing = Object.fromEntries(RunStatus.options.map((status) => [status, 0]))

  return () => {
    const counted = counts.all().map((row) => Counted.safeParse(row).data).filter((count) => count !== undefined)
    const byStatus = { ...nothing, ...Object.fromEntries(counted) }
    const found = Present.safeParse({ byStatus, ...Pending.parse(pending.get()), ...Pending.parse(letters.get()) })
    if (found.success) return found.data
    throw new CorruptionFound('decision', 'pending', 'one waits since a moment that there is not')
  }
}

const Counted = z.tuple([RunStatus, z.int()])
const Pending = z.looseObject({})
