import type Database from 'better-sqlite3'
import type { Signal } from '../../model/log.ts'
import { ofWorkspace } from '../crypt/crypt.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { rowColumns, sealRow } from '../format/row.ts'
import { mostLines, signalFormat } from '../format/signal.ts'
import { runReader } from '../read/runs.ts'
import type { Said } from './signal-buffer.ts'

/** Writes what attempts have said. What is said of a run that is not stored is dropped. */
export function signalWriter(db: Database.Database): (all: readonly Said[]) => void {
  const crypt = cryptOf(db)
  const runs = runReader(db)
  const ofAttempt = 'run = ? AND branch = ? AND step = ? AND iteration = ? AND attempt = ?'
  const next = db
    .prepare<unknown[], number>(`SELECT coalesce(max(ordinal), 0) + 1 FROM signal WHERE ${ofAttempt} AND type = 'log'`)
    .pluck()
  const drop = db.prepare(`DELETE FROM signal WHERE ${ofAttempt} AND type = 'log' AND ordinal <= ?`)
  const marks = [...signalFormat.columns, 'content', 'checksum'].map(() => '?').join(', ')
  const put = db.prepare(`INSERT OR REPLACE INTO signal (${rowColumns(signalFormat)}) VALUES (${marks})`)

  const write = (run: number, lineage: number, signal: Signal, ordinal: number): void => {
    const { branch, step, iteration, attempt, type, at } = signal
    const key = [run, branch, step, iteration, attempt, type, ordinal, at]
    const { content, checksum } = sealRow(crypt, lineage, signalFormat, key, signal)
    put.run(...key, content, checksum)
  }

  return (all) => {
    for (const { attempt: of, logs, latest } of all) {
      const run = runs.numberOf(of.run)
      if (run === undefined) continue
      const lineage = crypt.isOn ? runs.byNumber(run).lineage : ofWorkspace
      const key = [run, of.branch, of.step, of.iteration, of.attempt]
      const first = next.get(...key) ?? 1
      logs.forEach((signal, index) => write(run, lineage, signal, first + index))
      drop.run(...key, first + logs.length - 1 - mostLines)
      for (const signal of latest) write(run, lineage, signal, 0)
    }
  }
}
