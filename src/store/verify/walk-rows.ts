import type Database from 'better-sqlite3'
import { ifWhole } from '../read/if-whole.ts'
import { isMalformed } from '../sqlite/reading.ts'
import type { Allowance } from './allowance.ts'
import type { Findings } from './findings.ts'
import { firstBehind, firstBehindAny, type Probe } from './first-behind.ts'
import { isBehind, justBehind, type RowKey, type Section } from './place.ts'

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
  /** Tells of rows on a page that cannot be read: behind one, up to another; undefined where nothing more can be read. */
  readonly unread?: (after: RowKey, upTo: RowKey | undefined) => void
}

/**
 * Walks a table in the order of its key. A damaged row says nothing that can be relied on, its key neither: the walk
 * goes on behind the last whole one, so that no key that was made larger or smaller leads it past rows, or in a circle.
 * Where a page cannot be read, it goes on behind that.
 */
export function walkRows<Row>(db: Database.Database, findings: Findings, rows: Rows<Row>): Walk {
  const { section, key, select, raw = false, keyOf, bytes, look, unread = untold } = rows
  const order = `ORDER BY ${key.join(', ')}`
  const places = key.map(() => '?').join(', ')
  const first = db.prepare<[], Row>(`${select} ${order}`).raw(raw)
  const next = db
    .prepare<RowKey, Row>(
      `${select} WHERE (${key.join(', ')}) > (${places}) ${order}`,
    )
    .raw(raw)
  const onwards = db.prepare<RowKey, Row>(`${select} WHERE (${key.join(', ')}) >= (${places}) ${order}`).raw(raw)
  const backwards = db.prepare<[], Row>(`${select} ORDER BY ${key.map((part) => `${part} DESC`).join(', ')}`).raw(raw)

  const probe: Probe = (from) => {
    const found = ifWhole(() => ({ row: onwards.get(from) }))
    return found === undefined ? 'unread' : found.row && Number(keyOf(found.row)[0])
  }

  /** What comes behind a page that cannot be read, and the key before that; undefined where nothing does. */
  const behindUnread = (after: RowKey): { readonly before: RowKey; readonly from: RowKey } | undefined => {
    const [number] = after
    const isNumber = key.length === 1 && typeof number === 'number'
    const found = isNumber ? keyIn(firstBehind(number, probe)) : firstBehindAny(after, keysOf(backwards.iterate()))
    if (found === undefined) return undefined
    const [first] = found
    if (key.length === 1 && typeof first === 'number') return { before: [first - 1], from: found }
    // What comes first behind such a page may be kept beside the way to it, where it is not come by: it is passed over.
    return { before: found, from: justBehind(found) }
  }

  const keyIn = (number: number | undefined): RowKey | undefined => (number === undefined ? undefined : [number])

  function* keysOf(all: Iterable<Row>): Generator<RowKey> {
    for (const row of all) yield keyOf(row)
  }

  return (from, allowance) => {
    let whole = from
    let before = from
    let isReading = true
    /** True where it is to go on, with another part of the table. */
    const along = (some: Iterable<Row>): boolean => {
      for (const row of some) {
        if (allowance.isSpent && whole !== from) return false
        findings.at({ section, after: whole })
        const here = keyOf(row)
        const isInOrder = isBehind(here, whole)
        if (!isInOrder) findings.add(section, here.join('/'), 'it comes behind a row that it is to come before')
        if (look(row, before) && isInOrder) whole = here
        before = here
        isReading = true
        allowance.spend(bytes(row))
      }
      return true
    }
    let some = from.length === 0 ? first.iterate() : next.iterate(...from)
    for (;;) {
      try {
        return along(some) ? undefined : whole
      } catch (error) {
        if (!isMalformed(error)) throw error
      }
      const behind = behindUnread(before)
      findings.at({ section, after: whole })
      unread(before, behind?.before)
      // Where nothing came since the last, what it went on with cannot be read either.
      if (behind === undefined || !isReading) return undefined
      isReading = false
      before = behind.before
      some = onwards.iterate(...behind.from)
    }
  }

  function untold(after: RowKey, upTo: RowKey | undefined): void {
    const to = upTo === undefined ? '' : `, up to ${upTo.join('/')},`
    findings.add(section, after.length === 0 ? 'first' : `after ${after.join('/')}`, `what comes there${to} stands on a page that cannot be read`)
  }
}
