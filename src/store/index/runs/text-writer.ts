import type Database from 'better-sqlite3'
import type { Sensitivity } from '../../../engine/queries.ts'
import type { Address } from '../../../model/ids.ts'
import type { Json } from '../../../model/json.ts'
import { folded } from '../../../model/query/folded.ts'
import { hide } from '../../../model/sensitive/hide.ts'
import { schemasAt } from '../../../model/sensitive/marks.ts'
import { marksAny } from '../../../model/sensitive/schema-nodes.ts'
import { scrubber } from '../../../model/sensitive/scrub.ts'
import type { RunRow } from '../../format/rows.ts'
import { fromHex } from '../../format/sha256.ts'
import { lineageReader } from '../../read/lineages.ts'
import { sensitivityReader } from '../../read/sensitivity.ts'
import { valueReader } from '../../read/values.ts'
import { textOf } from './value-text.ts'

/** Reads what is said of a run; what each answers takes it into the text that can be searched, once. */
export function textWriter(index: Database.Database, store: Database.Database) {
  const isOpen = store
    .prepare<[number, Buffer], number>('SELECT 1 FROM value WHERE lineage = ? AND address = ? AND salt IS NULL')
    .pluck()
  const lineages = lineageReader(store)
  const values = valueReader(store)
  const sensitivityOf = sensitivityReader(store)
  const name = index.prepare<[number, string]>('INSERT INTO said (run, address) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const say = index.prepare<[number | bigint, string]>('INSERT INTO said_text (rowid, body) VALUES (?, ?)')

  const put = (run: number, address: string, text: string) => (): void => {
    const { changes, lastInsertRowid } = name.run(run, address)
    if (changes > 0) say.run(lastInsertRowid, text)
  }

  return {
    names: ({ number, record }: RunRow) => put(number, '', `${folded(record.id)}\n${folded(record.workflow)}`),

    /** Of each value, and where in the state it stands: undefined where it may be sensitive. @throws CorruptionFound */
    values: ({ number, lineage, record }: RunRow) => {
      const openly = openlyBy(sensitivityOf(record.id))
      return (address: Address, key: string) => {
        const isMarked = isOpen.get(lineage, fromHex(address)) === undefined
        if (isMarked && !openly.knows(key)) return undefined
        return put(number, address, textOf(openly.part(key, values.get(lineages.byNumber(lineage), address))))
      }
    },
  }
}

/** What of a run's values may be found. Of one that was stored as sensitive it has to be known which part is. */
function openlyBy(sensitivity: Sensitivity | null) {
  const scrub = scrubber(sensitivity?.texts ?? [])
  const schemas = (key: string) => (sensitivity === null ? [] : schemasAt(sensitivity.marks, key))
  return {
    knows: (key: string): boolean => schemas(key).some(marksAny),
    part(key: string, value: Json): Json {
      const open = hide(schemas(key), value, () => null)
      return scrub === null ? open : scrub.json(open)
    },
  }
}
