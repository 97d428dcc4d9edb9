import type Database from 'better-sqlite3'
import type { DeadLetter, DeadLetterPage, DeadLetterPlace } from '../../model/dead-letter.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { ErrorRecord } from '../../model/error-record.ts'
import { isOpen } from '../../model/error-record.ts'
import type { RunRow } from '../format/rows.ts'
import { foundAsPending } from './found-as-pending.ts'
import { runRowsReader } from './run-rows.ts'
import { runReader } from './runs.ts'

interface Queued {
  readonly run: number
  readonly id: string
  readonly at: number
}

/** Reads a page of the dead-letter queue, what has stood longest first. It ends where what is queued ends, be that damaged or whole. */
export function deadLetterReader(db: Database.Database): (after: DeadLetterPlace | null, limit: number) => DeadLetterPage {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)
  const queued = db.prepare<[number, string, number], Queued>(
    'SELECT run, id, opened_at AS at FROM pending WHERE queued = 1 AND (opened_at, id) > (?, ?) ORDER BY opened_at, id LIMIT ?',
  )

  const lettersOf = (row: RunRow, ids: readonly string[]): DeadLetter[] => {
    const { decisions, errors } = rowsOf(row)
    const { id: run, workflow, version: runVersion } = row.record
    return foundAsPending(row, decisions, ids).map((decision) => ({ run, workflow, runVersion, decision, error: errors.find(isAbout(decision)) ?? null }))
  }

  return (after, limit) => {
    const rows = queued.all(after?.at ?? -1, after?.id ?? '', limit)
    const byRun = Map.groupBy(rows, ({ run }) => run)
    const { found, damaged } = runs.each(byRun.keys(), (run) => lettersOf(run, (byRun.get(run.number) ?? []).map(({ id }) => id)))
    const last = rows.length < limit ? undefined : rows.at(-1)
    return { letters: found.toSorted(byAge), next: last === undefined ? null : { at: last.at, id: last.id }, damaged }
  }
}

function isAbout({ branch, step, iteration, phase }: DecisionRecord): (error: ErrorRecord) => boolean {
  return (error) => isOpen(error) && error.branch === branch && error.step === step && error.iteration === iteration && error.phase === phase
}

function byAge({ decision: one }: DeadLetter, { decision: other }: DeadLetter): number {
  return one.openedAt - other.openedAt || (one.id < other.id ? -1 : 1)
}
