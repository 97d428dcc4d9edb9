import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { isRemoved } from '../format/journal-digest.ts'
import type { Named } from './removable.ts'

interface Entry {
  readonly position: number
  readonly body: string
}

/** What entries of these runs behind a position name: whatever a transition names, an event of it names by its address. The answer throws CorruptionFound. */
export function namedBehind(db: Database.Database): (runs: readonly number[], position: Position) => Named {
  const crypt = cryptOf(db)
  const later = db.prepare<[number, number], Entry>('SELECT position, body FROM journal WHERE run = ? AND position > ? ORDER BY position')

  return (runs, position) => {
    const addresses = new Set<string>()
    let upTo = position
    for (const run of runs) {
      for (const { position: at, body } of later.all(run, position)) {
        upTo = Math.max(upTo, at)
        const text = isRemoved(body) ? '' : crypt.openText('journal', [at], body)
        if (text === undefined) throw new CorruptionFound('journal', String(at), 'it was not encrypted to stand here')
        for (const [address] of text.matchAll(/[0-9a-f]{64}/g)) addresses.add(address)
      }
    }
    return { addresses, position: upTo }
  }
}
