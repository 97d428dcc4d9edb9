import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { isCheckpointOf } from '../format/checkpoint-id.ts'
import type { RunRow } from '../format/rows.ts'
import { stubReader } from '../read/stubs.ts'

/** As many keyframes stand at checkpoints as a run counts, and nothing where checkpoints were removed. The answer throws CorruptionFound. */
export function keyframeCountVerifier(db: Database.Database): (run: RunRow) => void {
  const stubsOf = stubReader(db)
  const count = db.prepare<[number, number], number>('SELECT count(*) FROM keyframe WHERE run = ? AND number < ?').pluck()
  const countWithin = db
    .prepare<{ run: number; first: number; number: number }, number>(`SELECT count(*) FROM checkpoint WHERE ${isCheckpointOf('@run', '@first', '(@number - 1)')}`)
    .pluck()

  return (run) => {
    const corrupt = (detail: string): CorruptionFound => new CorruptionFound('keyframe', run.record.id, detail)
    const { keyframes, checkpoints } = run.ledger
    const there = count.get(run.number, checkpoints)
    if (there !== keyframes) throw corrupt(`${keyframes} of them were stored, ${there} are there`)
    for (const { first, number } of stubsOf(run)) {
      if (countWithin.get({ run: run.number, first, number }) !== 0) throw corrupt(`checkpoints ${first} to ${number - 1} were removed, and some are there`)
    }
  }
}
