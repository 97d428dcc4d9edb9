import type Database from 'better-sqlite3'
import { cryptOf } from '../crypt/unlock.ts'
import { checkpointPage, type CheckpointPage } from '../format/checkpoint-page.ts'
import { contentText } from '../format/content.ts'
import { checkpointText, readCheckpoint, type WholeCheckpoint } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader } from './checkpoints.ts'
import { linkReader } from './links.ts'
import { isWithin, stubReader } from './stubs.ts'

/**
 * Reads up to `limit` of the checkpoints of a run that are there, from `from` on. Where some were removed, what comes first after
 * them, or on a branch, says all of its state: what it changed is no longer told by those before it. The answer throws CorruptionFound.
 */
export function checkpointPageReader(db: Database.Database): (run: RunRow, from: number, limit: number) => CheckpointPage {
  const crypt = cryptOf(db)
  const stubsOf = stubReader(db)
  const links = linkReader(db)
  const { chain, state } = checkpointReader(db)

  return (run, from, limit) => {
    const stubs = stubsOf(run)
    const found: WholeCheckpoint[] = []
    for (let next = from; next < run.ledger.checkpoints && found.length < limit; ) {
      const first = stubs.find((stub) => stub.first <= next && next < stub.number)?.number ?? next
      const end = Math.min(first + limit - found.length, run.ledger.checkpoints)
      found.push(...links(run, first, end - 1))
      next = end
    }
    if (stubs.length === 0) return checkpointPage(run.record.id, found, found.map((link) => checkpointText(crypt, run.record.id, link)))
    const [before] = from === 0 || isWithin(stubs, from - 1) ? [] : chain(run, from - 1, from - 1)
    const told = found.map((link) => readCheckpoint(crypt, run.record.id, link)).map((checkpoint, at, all) => {
      const { number, branch } = checkpoint
      const isFirst = branch !== (all[at - 1] ?? before)?.branch || stubs.some((stub) => stub.number === number)
      if (!isFirst) return checkpoint
      return { ...checkpoint, changes: [...checkpoint.changes.filter((change) => 'gone' in change), ...state(run, number).state.values()] }
    })
    return checkpointPage(run.record.id, found, told.map(contentText))
  }
}
