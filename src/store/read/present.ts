import type Database from 'better-sqlite3'
import { z } from 'zod'
import { Present } from '../../model/metrics.ts'
import { RunStatus } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'

/** How many runs and decisions stand where, read off their indexes. It throws CorruptionFound where they make no sense. */
export function presentReader(db: Database.Database): () => Present {
  const counts = db.prepare<[]>('SELECT status, count(*) FROM run GROUP BY status').raw()
  const pending = db.prepare<[]>(
    'SELECT count(*) AS pendingDecisions, min(opened_at) AS oldestDecisionAt FROM pending WHERE queued = 0',
  )
  const letters = db.prepare<[]>('SELECT count(*) AS deadLetters FROM pending WHERE queued = 1')
  const nothing = Object.fromEntries(RunStatus.options.map((status) => [status, 0]))

  return () => {
    const counted = Counts.safeParse(counts.all())
    const byStatus = { ...nothing, ...Object.fromEntries(counted.data ?? []) }
    const found = Present.safeParse({ byStatus, ...Pending.parse(pending.get()), ...Pending.parse(letters.get()) })
    if (counted.success && found.success) return found.data
    throw new CorruptionFound('run', 'status', 'a run or a decision has a status that there is not')
  }
}

const Counts = z.array(z.tuple([RunStatus, z.int()]))
const Pending = z.looseObject({})
