import type Database from 'better-sqlite3'
import { isCheckpointOf } from '../format/checkpoint-id.ts'
import type { RunRow } from '../format/rows.ts'
import type { Findings } from './findings.ts'

/** A damaged number leads one row astray; where a run's row is of before, all that came since stands past what it counts. */
const named = 10

/**
 * No checkpoint and no keyframe stands past those that a run counts. One that does is of no run: nobody reads it, and the run that
 * comes to its number writes over it. The first of them are named.
 */
export function pastCountVerifier(db: Database.Database, findings: Findings): (run: RunRow) => void {
  const numbersPast = (table: string, isPast: string) =>
    db.prepare<{ run: number; count: number }, number>(`SELECT number FROM ${table} WHERE ${isPast} ORDER BY number LIMIT ${named}`).pluck()
  const past = {
    checkpoint: numbersPast('checkpoint', isCheckpointOf('@run', '@count')),
    keyframe: numbersPast('keyframe', 'run = @run AND number >= @count'),
  }

  return ({ number: run, record: { id }, ledger: { checkpoints: count } }) => {
    for (const [object, numbers] of Object.entries(past)) {
      findings.check(object, id, () => {
        for (const number of numbers.all({ run, count })) findings.add(object, `${id}/${number}`, `the run has ${count} checkpoints, and none of this number: nobody reads it, and the run's own will take its place`)
      })
    }
  }
}
