import type Database from 'better-sqlite3'
import type { Address } from '../../../model/ids.ts'
import { folded } from '../../../model/query/folded.ts'
import type { RunRow } from '../../format/rows.ts'
import { fromHex } from '../../format/sha256.ts'
import { lineageReader } from '../../read/lineages.ts'
import { valueReader } from '../../read/values.ts'
import { textOf } from './value-text.ts'

/** Reads what is said of a run; what each answers takes it into the text that can be searched, once. */
export function textWriter(index: Database.Database, store: Database.Database) {
  const isOpen = store
    .prepare<[number, Buffer], number>('SELECT 1 FROM value WHERE lineage = ? AND address = ? AND salt IS NULL')
    .pluck()
  const lineages = lineageReader(store)
  const values = valueReader(store)
  const name = index.prepare<[number, string]>('INSERT INTO said (run, address) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const say = index.prepare<[number | bigint, string]>('INSERT INTO said_text (rowid, body) VALUES (?, ?)')

  const put = (run: number, address: string, text: string) => (): void => {
    const { changes, lastInsertRowid } = name.run(run, address)
    if (changes > 0) say.run(lastInsertRowid, text)
  }

  return {
    names: ({ number, record }: RunRow) => put(number, '', `${folded(record.id)}\n${folded(record.workflow)}`),

    /** Undefined where a schema marks it sensitive. @throws CorruptionFound */
    value: ({ number, lineage }: RunRow, address: Address) => {
      if (isOpen.get(lineage, fromHex(address)) === undefined) return undefined
      return put(number, address, textOf(values.get(lineages.byNumber(lineage), address)))
    },
  }
}
