import type Database from 'better-sqlite3'
import { counted } from '../../model/counted.ts'
import { checkpointId, isCheckpointOf } from '../format/checkpoint-id.ts'
import { wholeCheckpoint } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { storedDigest } from '../format/sha256.ts'
import { ifWhole } from '../read/if-whole.ts'
import type { Findings } from './findings.ts'

const ofRun = 'and this is of the next: it follows them, and the row is of before it'
const ofNobody = "and none of this number: nobody reads it, and the run's own will take its place"

/** A damaged number leads one row astray; where a run's row is of before, all that came since stands past what it counts. */
const named = 10

/**
 * No checkpoint and no keyframe stands past those that a run counts. One that does is of no run: nobody reads it, and the run that
 * comes to its number writes over it; unless it follows the newest that the run counts: then that run's row is of before it. The first of
 * them are named.
 */
export function pastCountVerifier(db: Database.Database, findings: Findings): (run: RunRow) => void {
  const numbersPast = (table: string, isPast: string) =>
    db.prepare<{ run: number; count: number }, number>(`SELECT number FROM ${table} WHERE ${isPast} ORDER BY number LIMIT ${named}`).pluck()
  const past = {
    checkpoint: numbersPast('checkpoint', isCheckpointOf('@run', '@count')),
    keyframe: numbersPast('keyframe', 'run = @run AND number >= @count'),
  }

  const stored = db.prepare<[number, number], { content: unknown; checksum: unknown }>(`SELECT content, checksum FROM checkpoint WHERE id = ${checkpointId('?', '?')}`)

  /** How many checkpoints the run has by what follows its newest. */
  const followed = ({ number: run, record: { id }, ledger }: RunRow): number => {
    let { checkpoints: number, head: parent } = ledger
    for (; number < ledger.checkpoints + named; number += 1) {
      const row = stored.get(run, number)
      const whole = row && ifWhole(() => wholeCheckpoint({ run: id, number, parent }, row.content, storedDigest(row.checksum)))
      if (whole === undefined) return number
      parent = whole.checksum
    }
    return number
  }

  return (row) => {
    const { number: run, record: { id }, ledger: { checkpoints: count } } = row
    for (const [object, numbers] of Object.entries(past)) {
      findings.check(object, id, () => {
        const own = followed(row)
        for (const number of numbers.all({ run, count })) findings.add(object, `${id}/${number}`, `the run has ${counted(count, 'checkpoint')} by its row, ${number < own ? ofRun : ofNobody}`)
      })
    }
  }
}
