import type Database from 'better-sqlite3'
import type { DeadLetter, DeadLetterPlace } from '../../model/dead-letter.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { ErrorRecord } from '../../model/error-record.ts'
import { isOpen } from '../../model/error-record.ts'
import { runRowsReader } from './run-rows.ts'
import { runReader } from './runs.ts'

/** Reads a page of the dead-letter queue, what has stood longest first. It throws CorruptionFound. */
export function deadLetterReader(db: Database.Database): (after: DeadLetterPlace | null, limit: number) => DeadLetter[] {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)
  const queued = db.prepare<[number, string, number], { readonly run: number; readonly id: string }>(
    'SELECT run, id FROM pending WHERE queued = 1 AND (opened_at, id) > (?, ?) ORDER BY opened_at, id LIMIT ?',
  )

  const lettersOf = (number: number, ids: ReadonlySet<string>): DeadLetter[] => {
    const row = runs.byNumber(number)
    const { decisions, errors } = rowsOf(row)
    const { id: run, workflow, version: runVersion } = row.record
    return decisions.flatMap((decision) => {
      return ids.has(decision.id) ? [{ run, workflow, runVersion, decision, error: errors.find(isAbout(decision)) ?? null }] : []
    })
  }

  return (after, limit) => {
    const byRun = Map.groupBy(queued.all(after?.at ?? -1, after?.id ?? '', limit), ({ run }) => run)
    const letters = [...byRun].flatMap(([number, rows]) => lettersOf(number, new Set(rows.map(({ id }) => id))))
    return letters.toSorted(byAge)
  }
}

function isAbout({ branch, step, iteration, phase }: DecisionRecord): (error: ErrorRecord) => boolean {
  return (error) => isOpen(error) && error.branch === branch && error.step === step && error.iteration === iteration && error.phase === phase
}

function byAge({ decision: one }: DeadLetter, { decision: other }: DeadLetter): number {
  return one.openedAt - other.openedAt || (one.id < other.id ? -1 : 1)
}
