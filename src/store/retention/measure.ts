import type Database from 'better-sqlite3'
import { added, type Amount, noAmount } from '../../model/retention.ts'
import { currentRowReader } from '../read/current-row.ts'
import type { EndedRun } from './choose.ts'
import { entryCounter } from './journal-of-run.ts'
import { partCounter, type Rows } from './parts-of-run.ts'
import type { Values } from './removable.ts'
import type { SharedValues } from './shared-values.ts'
import type { OfLineage } from './survey.ts'
import { bytesOfValue, nameReader, type StoredValue } from './values-of-lineage.ts'

export interface Going {
  readonly amount: Amount
  readonly values: Values
}

/** What there is of a run, as it would go. All throw CorruptionFound. */
export function runMeter(db: Database.Database) {
  const parts = partCounter(db)
  const entries = entryCounter(db)
  const runs = currentRowReader(db)
  const namesOf = nameReader(db)
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

    /** What goes with a run, whose row may have gone already. */
    going: db.transaction(({ number }: OfLineage, shared: SharedValues, isThere: boolean): Going => {
      if (isThere) runs.byNumber(number)
      const rows = rowsOf(number)
      const isLast = shared.isAlone(number)
      const values = shared.without(number)
      return { amount: added(rows, amountOf(values)), values: isLast ? 'all' : values.map(({ address }) => address) }
    }).deferred,
  }
}

export function amountOf(values: readonly StoredValue[]): Amount {
  return { ...noAmount, values: values.length, bytes: values.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** The amount with these rows of a run. */
export function withRows(amount: Amount, rows: readonly Rows[]): Amount {
  let sum = amount
  for (const { rows: count, bytes, counts } of rows) {
    sum = { ...sum, bytes: sum.bytes + bytes, ...(counts !== undefined && { [counts]: sum[counts] + count }) }
  }
  return sum
}
