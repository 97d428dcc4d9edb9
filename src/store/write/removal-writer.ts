/**
 * Removes runs within the transaction that is open.
 *
 * Invariants:
 * 1. A run's row goes in the transaction that says what is left of it, and that journals its removal. The rest of it may go
 *    in later ones: it belongs to a removed run from then on, and the store is whole after each of them.
 * 2. What was decided is looked at again: a run that has moved since stays, and so does one of which a replay has begun, and a
 *    child whose parent is there.
 * 3. A value goes when no run of its lineage that is there names it.
 */
import type Database from 'better-sqlite3'
import type { Actor } from '../../model/actor.ts'
import type { JournalEntry } from '../../model/entry.ts'
import type { HostEventMap } from '../../model/event.ts'
import type { Instant } from '../../model/ids.ts'
import { added, type Amount, noAmount } from '../../model/retention.ts'
import { isEnded } from '../../model/status.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { emptyTally } from '../format/ledger.ts'
import { type RawRow, openRow, rowColumns, sealRow } from '../format/row.ts'
import { removedFormat, removedKey, type RemovedRow, runFormat, type RunRow } from '../format/rows.ts'
import { removedRunReader } from '../read/removed-runs.ts'
import { entryEmptier } from '../retention/journal-of-run.ts'
import { bytesIn, withRows } from '../retention/measure.ts'
import { partTaker } from '../retention/parts-of-run.ts'
import type { Removable, Since } from '../retention/removable.ts'
import { bytesOfValue, unreadValues, type UnreadValue } from '../retention/values-of-lineage.ts'
import type { JournalWriter } from './journal-writer.ts'
import type { WrittenRuns } from './written-runs.ts'

/** Rows that go in one transaction: a few milliseconds of the engine's thread. */
const mostRows = 400

export interface Removal {
  /** In this order, as many of them as one transaction takes. */
  readonly runs: readonly Removable[]
  readonly since: Since
  readonly at: Instant
  readonly actor: Actor
}

export interface Removed {
  /** What was journaled; null where no run's row went. */
  readonly entry: JournalEntry | null
  readonly amount: Amount
  /** How many of the runs were dealt with, the one that is under way among them. */
  readonly done: number
  /** How many of those stay: they have moved since they were chosen. */
  readonly stayed: number
  /** The last of them, where more of it is to go. */
  readonly underWay: Removable | null
  readonly since: Since
}

export function removalWriter(db: Database.Database, journal: JournalWriter, written: WrittenRuns): (removal: Removal) => Removed {
  const crypt = cryptOf(db)
  const byNumber = db.prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number = ?`).raw()
  const after = db.prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number > ? ORDER BY number`).raw()
  const isThere = db.prepare<[string], number>('SELECT 1 FROM run WHERE id = ?').pluck()
  const dropRun = db.prepare<[number]>('DELETE FROM run WHERE number = ?')
  const removed = removedRunReader(db)
  const clear = clearing(db)

  const opened = (row: RawRow): RunRow => openRow(crypt, runFormat, row).content
  const find = (number: number): RunRow[] => [byNumber.get(number)].flatMap((row) => (row === undefined ? [] : [opened(row)]))

  const isBelow = ({ record: { parent } }: RunRow): boolean => parent !== null && isThere.get(parent.run) !== undefined

  const lookSince = ({ upTo, replays }: Since): Since => {
    const later = after.all(upTo).map(opened)
    const begun = later.filter(({ record }) => record.origin !== null).map(({ number }) => number)
    return { upTo: later.at(-1)?.number ?? upTo, replays: [...replays, ...begun] }
  }

  /** What is left of a run whose row goes now; undefined where it stays. */
  const begin = ({ number, chosen }: Removable, replays: readonly RunRow[], at: Instant): RemovedRow | undefined => {
    if (chosen === null) return removed.find(number)
    const [run] = find(number)
    const isReplayed = replays.some(({ record: { origin, status } }) => origin?.run === chosen.run && !isEnded(status))
    if (run === undefined || isReplayed || isBelow(run) || !isAsChosen(run, chosen)) return undefined
    const { id, workflow, status, createdAt, endedAt } = run.record
    dropRun.run(number)
    written.drop(id)
    return {
      number,
      lineage: run.lineage,
      run: {
        ...{ id, workflow, status, createdAt, removedAt: at, rule: chosen.rule },
        endedAt: endedAt ?? at,
        checkpoints: run.ledger.checkpoints,
      },
      isUnderWay: true,
      entries: 0,
      tally: emptyTally,
    }
  }

  return ({ runs, since: before, at, actor }) => {
    const since = lookSince(before)
    const replays = since.replays.flatMap(find)
    const gone: HostEventMap['runs_removed']['runs'] = []
    let [amount, room, done, stayed] = [noAmount, mostRows, 0, 0]
    let underWay: Removable | null = null
    for (const run of runs) {
      if (room <= 0 || underWay !== null) break
      done += 1
      const row = begin(run, replays, at)
      if (row === undefined) {
        stayed += 1
        continue
      }
      if (run.chosen !== null) {
        gone.push({ run: row.run.id, workflow: row.run.workflow, rule: row.run.rule })
        amount = added(amount, { ...noAmount, runs: 1 })
        room -= 1
      }
      const kin = [...run.kin.flatMap(find), ...replays.filter(({ lineage }) => lineage === row.lineage)]
      const cleared = clear(row, kin, room)
      amount = added(amount, cleared.amount)
      room -= cleared.rows
      if (cleared.isUnderWay) underWay = { ...run, chosen: null }
    }
    const entry =
      gone.length === 0
        ? null
        : journal.append({ at, actor, correlation: null, run: null, events: [{ type: 'runs_removed', runs: gone }] }, null)
    return { entry, amount, done, stayed, underWay, since }
  }
}

function isAsChosen({ record }: RunRow, { run, version }: NonNullable<Removable['chosen']>): boolean {
  return record.id === run && record.version === version && isEnded(record.status)
}

interface Cleared {
  readonly amount: Amount
  readonly rows: number
  readonly isUnderWay: boolean
}

/** Takes away what a removed run left behind: up to `limit` rows, though all values at once of a lineage that goes on. */
function clearing(db: Database.Database): (row: RemovedRow, kin: readonly RunRow[], limit: number) => Cleared {
  const crypt = cryptOf(db)
  const marks = [...removedFormat.columns, 'content', 'checksum'].map(() => '?').join(', ')
  const put = db.prepare(`INSERT OR REPLACE INTO removed_run (${rowColumns(removedFormat)}) VALUES (${marks})`)
  const ofLineage = db.prepare<[number, number], UnreadValue>(
    `SELECT rowid, ${bytesOfValue} AS bytes FROM value WHERE lineage = ? LIMIT ?`,
  )
  const dropValue = db.prepare<[number]>('DELETE FROM value WHERE rowid = ?')
  // Whatever is of a lineage names it by its number: the newest one stays, so that none is given twice.
  const dropLineage = db.prepare<[number]>('DELETE FROM lineage WHERE number = ? AND number < (SELECT max(number) FROM lineage)')
  const takeParts = partTaker(db)
  const emptyEntries = entryEmptier(db)
  const unread = unreadValues(db)

  return (row, kin, limit) => {
    const parts = takeParts(row.number, limit)
    const partRows = parts.reduce((sum, { rows }) => sum + rows, 0)
    const { entries, tally, bytes } = emptyEntries(row.number, row, limit - partRows)
    const emptied = entries - row.entries
    const room = limit - partRows - emptied
    const isShared = kin.length > 0
    const values = room <= 0 ? [] : isShared ? unread(row.lineage, kin) : ofLineage.all(row.lineage, room)
    for (const { rowid } of values) dropValue.run(rowid)
    const isUnderWay = room <= 0 || (!isShared && values.length === room)
    if (!isUnderWay && !isShared) dropLineage.run(row.lineage)

    const key = removedKey(row)
    const { content, checksum } = sealRow(crypt, row.lineage, removedFormat, key, { ...row, entries, tally, isUnderWay })
    put.run(...key, content, checksum)
    const rest = { ...noAmount, entries: emptied, values: values.length, bytes: bytes + bytesIn(values) }
    return { amount: added(withRows(noAmount, parts), rest), rows: partRows + emptied + values.length, isUnderWay }
  }
}
