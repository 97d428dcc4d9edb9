/**
 * Entries of a removed run: each leaves its digest, over which the chain goes on. No entry is emptied that is not the one
 * which its digest tells of: damage is never swept away.
 */
import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { chain, genesis, removedBytes, withoutBody } from '../format/journal-digest.ts'
import { Tally } from '../format/ledger.ts'
import type { RemovedRow } from '../format/rows.ts'
import { fromHex, sameBytes, storedDigest } from '../format/sha256.ts'

type Emptied = Pick<RemovedRow, 'entries' | 'tally'>

interface Entry {
  readonly position: number
  readonly body: string
  readonly digest: Buffer
  readonly before: unknown
}

/** How many entries a run has in the journal, and how much of them goes. */
export function entryCounter(db: Database.Database): (run: number) => { readonly rows: number; readonly bytes: number } {
  const count = db.prepare<[number, number], { rows: number; bytes: number }>(
    'SELECT count(*) AS rows, coalesce(sum(octet_length(body) - ?), 0) AS bytes FROM journal WHERE run = ?',
  )
  return (run) => count.get(removedBytes, run) ?? { rows: 0, bytes: 0 }
}

/** Empties up to `limit` entries of a run that are not yet; fewer, once all are. It throws CorruptionFound. */
export function entryEmptier(db: Database.Database) {
  const next = db.prepare<[number, number, number], Entry>(
    `SELECT position, body, digest, (SELECT digest FROM journal AS link WHERE link.position = journal.position - 1) AS before
     FROM journal WHERE run = ? ORDER BY position LIMIT ? OFFSET ?`,
  )
  const empty = db.prepare<[string, number]>('UPDATE journal SET body = ? WHERE position = ?')

  return (run: number, { entries, tally }: Emptied, limit: number): Emptied & { readonly bytes: number } => {
    const sum = new Tally(tally)
    const found = next.all(run, limit, entries)
    let bytes = 0
    for (const { position, body, digest, before } of found) {
      const link = position === 1 ? genesis : storedDigest(before)
      if (link === undefined || !sameBytes(digest, fromHex(chain(link, body)))) {
        throw new CorruptionFound('journal', String(position), 'its digest does not match')
      }
      bytes += Buffer.byteLength(body) - removedBytes
      empty.run(withoutBody(body), position)
      sum.enter(digest)
    }
    return { entries: entries + found.length, tally: sum.sum, bytes }
  }
}
