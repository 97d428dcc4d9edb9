import type Database from 'better-sqlite3'
import { cryptOf } from '../crypt/unlock.ts'
import { isRemoved } from '../format/journal-digest.ts'
import { openRow, type RawRow, rowColumns } from '../format/row.ts'
import { runFormat } from '../format/rows.ts'
import type { Trimmable } from './removable.ts'

type Looked = Pick<Trimmable, 'kin' | 'newest' | 'position'>

interface Entry {
  readonly position: number
  readonly body: string
}

/**
 * What the runs of a lineage have come to name since it was last looked: whatever a transition names, an event of it names by
 * its address. Runs that began since are of it too where they are replays. Answers as well how far it looked.
 */
export function namedSince(db: Database.Database): (trim: Trimmable) => Looked & { readonly named: ReadonlySet<string> } {
  const crypt = cryptOf(db)
  const begun = db.prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number > ? ORDER BY number`).raw()
  const later = db.prepare<[number, number], Entry>('SELECT position, body FROM journal WHERE run = ? AND position > ? ORDER BY position')

  return ({ number, lineage, kin, newest, position }) => {
    const named = new Set<string>()
    const runs = begun.all(newest).map((row) => openRow(crypt, runFormat, row).content)
    const all = [...kin, ...runs.filter((run) => run.lineage === lineage).map((run) => run.number)]
    let upTo = position
    for (const run of [number, ...all]) {
      for (const { position: at, body } of later.all(run, position)) {
        upTo = Math.max(upTo, at)
        const text = isRemoved(body) ? '' : (crypt.openText('journal', [at], body) ?? '')
        for (const [address] of text.matchAll(/[0-9a-f]{64}/g)) named.add(address)
      }
    }
    return { named, kin: all, newest: runs.at(-1)?.number ?? newest, position: upTo }
  }
}
