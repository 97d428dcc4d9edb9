import type Database from 'better-sqlite3'
import type { WhichSignals } from '../../engine/queries.ts'
import type { StepId } from '../../model/ids.ts'
import type { Heartbeat, Signal } from '../../model/log.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { signalFormat } from '../format/signal.ts'

const columns = rowColumns(signalFormat)

export function signalReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const newest = db
    .prepare<{ run: number; step: string | null; until: number | null; limit: number }, RawRow>(
      `SELECT ${columns} FROM signal
       WHERE run = @run AND (@step IS NULL OR step = @step) AND (@until IS NULL OR at <= @until)
       ORDER BY at DESC, ordinal DESC LIMIT @limit`,
    )
    .raw()
  const heartbeat = db
    .prepare<[number, number, string, number], RawRow>(
      `SELECT ${columns} FROM signal
       WHERE run = ? AND branch = ? AND step = ? AND iteration = ? AND type = 'heartbeat'
       ORDER BY attempt DESC LIMIT 1`,
    )
    .raw()

  return {
    /** The newest `limit` of a run, oldest first. @throws CorruptionFound */
    ofRun: (run: number, limit: number, { step, until }: WhichSignals = {}): Signal[] =>
      newest
        .all({ run, step: step ?? null, until: until ?? null, limit })
        .map((row) => openRow(crypt, signalFormat, row).content)
        .toReversed(),

    /** What the newest attempt that had a heartbeat said last. @throws CorruptionFound */
    lastHeartbeat: (run: number, branch: number, step: StepId, iteration: number): Heartbeat | undefined => {
      const row = heartbeat.get(run, branch, step, iteration)
      if (row === undefined) return undefined
      const signal = openRow(crypt, signalFormat, row).content
      return signal.type === 'heartbeat' ? signal : undefined
    },
  }
}
