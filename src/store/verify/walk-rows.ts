import type Database from 'better-sqlite3'
import type { Allowance } from './allowance.ts'
import type { Findings } from './findings.ts'
import type { RowKey, Section } from './place.ts'

/**
 * Looks at what comes after a row of a section until the allowance is spent. Answers the row after which it goes on;
 * undefined where nothing comes any more.
 */
export type Walk = (after: RowKey, allowance: Allowance) => RowKey | undefined

export interface Rows<Row> {
  readonly section: Section
  /** Of the table, in their order. */
  readonly key: readonly string[]
  /** What is read of a row, up to `WHERE`. */
  readonly select: string
  /** Rows come as lists of their columns. */
  readonly raw?: true
  readonly keyOf: (row: Row) => RowKey
  readonly bytes: (row: Row) => number
  /** True where the row is whole; `before` is the one before it. */
  readonly look: (row: Row, before: RowKey) => boolean
}

/**
 * Walks a table in the order of its key. A damaged row says nothing that can be relied on, its key neither: the walk
 * goes on behind the last whole one, so that no key that was made larger or smaller leads it past rows, or in a circle.
 */
export function walkRows<Row>(db: Database.Database, findings: Findings, rows: Rows<Row>): Walk {
  const { section, key, select, raw = false, keyOf, bytes, look } = rows
  const order = `ORDER BY ${key.join(', ')}`
  const first = db.prepare<[], Row>(`${select} ${order}`).raw(raw)
  const next = db
    .prepare<RowKey, Row>(
      `${select} WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')}) ${order}`,
    )
    .raw(raw)

  return (from, allowance) => {
    let whole = from
    let before = from
    for (const row of from.length === 0 ? first.iterate() : next.iterate(...from)) {
      if (allowance.isSpent && whole !== from) return whole
      findings.at({ section, after: whole })
      const here = keyOf(row)
      const isInOrder = isBehind(here, whole)
      if (!isInOrder) findings.add(section, here.join('/'), 'it comes behind a row that it is to come before')
      if (look(row, before) && isInOrder) whole = here
      before = here
      allowance.spend(bytes(row))
    }
    return undefined
  }
}

function isBehind(key: RowKey, other: RowKey): boolean {
  for (const [index, part] of key.entries()) {
    const its = other[index]
    if (its === undefined || part > its) return true
    if (part < its) return false
  }
  return false
}
