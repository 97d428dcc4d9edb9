import type Database from 'better-sqlite3'
import { added, type Amount, noAmount } from '../../model/retention.ts'
import { currentRowReader } from '../read/current-row.ts'
import type { EndedRun } from './choose.ts'
import { entryCounter } from './journal-of-run.ts'
import { partCounter, type Rows } from './parts-of-run.ts'
import type { Values } from './removable.ts'
import type { OfLineage } from './survey.ts'
import { asAddresses, bytesOfValue, nameReader, unreadValues, type UnreadValue } from './values-of-lineage.ts'

export interface Going {
  readonly amount: Amount
  readonly values: Values
}

/** What there is of a run, as it would go; `counted` are the values that go already. All throw CorruptionFound. */
export function runMeter(db: Database.Database, counted: Set<number>) {
  const parts = partCounter(db)
  const entries = entryCounter(db)
  const runs = currentRowReader(db)
  const namesOf = nameReader(db)
  const unread = unreadValues(db)
  const ofAddress = db.prepare<[number, Buffer], number>(`SELECT ${bytesOfValue} FROM value WHERE lineage = ? AND address = ?`).pluck()

  const rowsOf = (number: number): Amount => {
    const { rows, bytes } = entries(number)
    return withRows({ ...noAmount, runs: 1, entries: rows, bytes }, parts(number))
  }

  return {
    /** Bytes that a run takes, with all values that it names. */
    weigh: ({ number, lineage }: EndedRun): number => {
      const names = namesOf(runs.byNumber(number))
      const values = names.values().reduce((sum, address) => sum + (ofAddress.get(lineage, Buffer.from(address, 'hex')) ?? 0), 0)
      return rowsOf(number).bytes + values
    },

    /**
     * What goes with a run, whose row may have gone already, where these others of its lineage are still there. Asked of one run after the other, each as of one
     * committed moment, so that others that go on meanwhile are read whole.
     */
    going: db.transaction(({ number, lineage }: OfLineage, others: readonly number[], isThere: boolean): Going => {
      if (isThere) runs.byNumber(number)
      const found = unread(lineage, others.map(runs.byNumber)).filter(({ rowid }) => !counted.has(rowid))
      const amount = added(rowsOf(number), { ...noAmount, values: found.length, bytes: bytesIn(found) })
      for (const { rowid } of found) counted.add(rowid)
      return { amount, values: others.length === 0 ? 'all' : asAddresses(found) }
    }).deferred,
  }
}

export function bytesIn(values: readonly UnreadValue[]): number {
  return values.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** The amount with these rows of a run. */
export function withRows(amount: Amount, rows: readonly Rows[]): Amount {
  let sum = amount
  for (const { rows: count, bytes, counts } of rows) {
    sum = { ...sum, bytes: sum.bytes + bytes, ...(counts !== undefined && { [counts]: sum[counts] + count }) }
  }
  return sum
}
