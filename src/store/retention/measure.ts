import type Database from 'better-sqlite3'
import { type Amount, noAmount } from '../../model/retention.ts'
import { runReader } from '../read/runs.ts'
import type { EndedRun } from './choose.ts'
import { entryCounter } from './journal-of-run.ts'
import { partCounter, type Rows } from './parts-of-run.ts'
import { bytesOfValue, nameReader, unreadValues, type UnreadValue } from './values-of-lineage.ts'

/** What there is of a run, as it would go; `counted` are the values that go already. Both throw CorruptionFound. */
export function runMeter(db: Database.Database, counted: Set<number>) {
  const parts = partCounter(db)
  const entries = entryCounter(db)
  const runs = runReader(db)
  const namesOf = nameReader(db)
  const unread = unreadValues(db)
  const ofLineage = db.prepare<[number], UnreadValue>(`SELECT rowid, ${bytesOfValue} AS bytes FROM value WHERE lineage = ?`)
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

    /** What goes with a run where these others of its lineage are still there. Asked of one run after the other. */
    amount: ({ number, lineage }: EndedRun, kin: readonly number[]): Amount => {
      const values = kin.length === 0 ? ofLineage.all(lineage) : unread(lineage, kin.map((each) => runs.byNumber(each)))
      const going = values.filter(({ rowid }) => !counted.has(rowid))
      for (const { rowid } of going) counted.add(rowid)
      const rows = rowsOf(number)
      return { ...rows, values: going.length, bytes: rows.bytes + bytesIn(going) }
    },
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
