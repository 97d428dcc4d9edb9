import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { isRemoved } from '../format/journal-digest.ts'
import { openRow, type RawRow, rowColumns } from '../format/row.ts'
import { runFormat } from '../format/rows.ts'
import type { Named, Trimmable } from './removable.ts'

type Looked = Pick<Trimmable, 'kin' | 'newest' | 'position'>

interface Entry {
  readonly position: number
  readonly body: string
}

/** What entries of these runs behind a position name: whatever a transition names, an event of it names by its address. */
export function namedBehind(db: Database.Database): (runs: readonly number[], position: Position) => Named {
  const crypt = cryptOf(db)
  const later = db.prepare<[number, number], Entry>('SELECT position, body FROM journal WHERE run = ? AND position > ? ORDER BY position')

  return (runs, position) => {
    const addresses = new Set<string>()
    let upTo = position
    for (const run of runs) {
      for (const { position: at, body } of later.all(run, position)) {
        upTo = Math.max(upTo, at)
        const text = isRemoved(body) ? '' : (crypt.openText('journal', [at], body) ?? '')
        for (const [address] of text.matchAll(/[0-9a-f]{64}/g)) addresses.add(address)
      }
    }
    return { addresses, position: upTo }
  }
}

/**
 * What the runs of a lineage have come to name since it was last looked. Runs that began since are of it too where they are
 * replays. Answers as well how far it looked.
 */
export function namedSince(db: Database.Database): (trim: Trimmable) => Looked & { readonly named: ReadonlySet<string> } {
  const crypt = cryptOf(db)
  const begun = db.prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number > ? ORDER BY number`).raw()
  const behind = namedBehind(db)

  return ({ number, lineage, kin, newest, position }) => {
    const runs = begun.all(newest).map((row) => openRow(crypt, runFormat, row).content)
    const all = [...kin, ...runs.filter((run) => run.lineage === lineage).map((run) => run.number)]
    const { addresses, position: upTo } = behind([number, ...all], position)
    return { named: addresses, kin: all, newest: runs.at(-1)?.number ?? newest, position: upTo }
  }
}
