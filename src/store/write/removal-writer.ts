/**
 * Removes runs within the transaction that is open.
 *
 * Invariants:
 * 1. A run's row goes in the transaction that says what is left of it, and that journals its removal. The rest of it may go
 *    in later ones: it belongs to a removed run from then on, and the store is whole after each of them.
 * 2. What was decided is looked at again: a run that has moved since stays, and so does one of which a replay has begun, and a
 *    child whose parent is there.
 * 3. A value goes when no run of its lineage that is there names it: when nothing named it as the run was chosen but what
 *    has gone by now, and nothing that was journaled since does. Where that is not known, no value of the lineage goes.
 * 4. Until the values that go with it are gone, the run's removal is under way, so that the next plan takes up what is left.
 * 5. What one transaction does is bounded, whatever a lineage holds: nothing is read of the runs that stay but what was
 *    journaled since, and nothing goes before all of that is looked at.
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
import { withRows } from '../retention/measure.ts'
import { partTaker } from '../retention/parts-of-run.ts'
import type { Removable, Values } from '../retention/removable.ts'
import { type Heard, type Since, sinceReader } from '../retention/since.ts'
import type { JournalWriter } from './journal-writer.ts'
import { valueDropper } from './value-dropper.ts'
import type { WrittenRuns } from './written-runs.ts'

/** Rows that go in one transaction: a few milliseconds of the engine's thread. */
const mostRows = 400

export interface Removal {
  /** In this order, as many of them as one transaction takes. */
  readonly runs: readonly Removable[]
  readonly since: Since
  /** Lineages of which it is not known what nobody names: what was to go of their values is the next plan's. */
  readonly unsure: ReadonlySet<number>
  readonly at: Instant
  readonly actor: Actor
}

export interface Removed {
  /** What was journaled; null where no run's row went. */
  readonly entry: JournalEntry | null
  readonly amount: Amount
  /** How many of the runs were dealt with, the one that is under way among them; none where more has come about than one transaction looks at. */
  readonly done: number
  /** How many of those stay, since they have moved, or leave values to the next plan. */
  readonly stayed: number
  /** The last of them, where more of it is to go. */
  readonly underWay: Removable | null
  readonly since: Since
  readonly unsure: ReadonlySet<number>
}

export function removalWriter(db: Database.Database, journal: JournalWriter, written: WrittenRuns): (removal: Removal) => Removed {
  const crypt = cryptOf(db)
  const byNumber = db.prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number = ?`).raw()
  const isThere = db.prepare<[string], number>('SELECT 1 FROM run WHERE id = ?').pluck()
  const dropRun = db.prepare<[number]>('DELETE FROM run WHERE number = ?')
  const removed = removedRunReader(db)
  const clear = clearing(db)
  const look = sinceReader(db)

  const isBelow = ({ record: { parent } }: RunRow): boolean => parent !== null && isThere.get(parent.run) !== undefined

  /** What is left of a run whose row goes now; undefined where it stays. */
  const begin = ({ number, chosen }: Removable, heard: Heard, at: Instant): RemovedRow | undefined => {
    if (chosen === null) return removed.find(number)
    const row = byNumber.get(number)
    if (row === undefined || heard.isReplayed(chosen.run)) return undefined
    const run = openRow(crypt, runFormat, row).content
    if (isBelow(run) || !isAsChosen(run, chosen)) return undefined
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

  return ({ runs, since: before, unsure: unsureBefore, at, actor }) => {
    const { since, isAll } = look(before)
    const { heard } = since
    if (!isAll) return { entry: null, amount: noAmount, done: 0, stayed: 0, underWay: null, since, unsure: unsureBefore }
    const unsure = new Set<number>()
    const isSure = (lineage: number): boolean => ![unsureBefore, unsure].some((known) => known.has(lineage)) && !heard.isOrphaned(lineage)
    const gone: HostEventMap['runs_removed']['runs'] = []
    let [amount, room, done, stayed] = [noAmount, mostRows, 0, 0]
    let underWay: Removable | null = null
    for (const run of runs) {
      if (room <= 0 || underWay !== null) break
      done += 1
      const row = begin(run, heard, at)
      if (row === undefined) {
        stayed += 1
        unsure.add(run.lineage)
        continue
      }
      if (run.chosen !== null) {
        gone.push({ run: row.run.id, workflow: row.run.workflow, rule: row.run.rule })
        amount = added(amount, { ...noAmount, runs: 1 })
        room -= 1
      }
      const cleared = clear(row, { values: run.values, isSure: isSure(run.lineage), named: () => heard.addressesOf(run.lineage) }, room)
      amount = added(amount, cleared.amount)
      room -= cleared.rows
      if (cleared.rest !== null) underWay = { ...run, chosen: null, values: cleared.rest }
      else if (cleared.isUnderWay) stayed += 1
    }
    const entry =
      gone.length === 0
        ? null
        : journal.append({ at, actor, correlation: null, run: null, events: [{ type: 'runs_removed', runs: gone }] }, null)
    return { entry, amount, done, stayed, underWay, since, unsure: unsure.size === 0 ? unsureBefore : unsureBefore.union(unsure) }
  }
}

function isAsChosen({ record }: RunRow, { run, version }: NonNullable<Removable['chosen']>): boolean {
  return record.id === run && record.version === version && isEnded(record.status)
}

interface Going {
  readonly values: Values
  /** Whether it is known that nothing names them but what has been named since. */
  readonly isSure: boolean
  readonly named: () => ReadonlySet<string>
}

interface Cleared {
  readonly amount: Amount
  readonly rows: number
  /** Something is left of the run: also where that is not for this plan any more. */
  readonly isUnderWay: boolean
  /** The values that are to go yet; null where no more is to be done. */
  readonly rest: Values | null
}

/** Takes away up to `limit` rows of what a removed run left behind, and of the values that go with it. */
function clearing(db: Database.Database): (row: RemovedRow, going: Going, limit: number) => Cleared {
  const crypt = cryptOf(db)
  const marks = [...removedFormat.columns, 'content', 'checksum'].map(() => '?').join(', ')
  const put = db.prepare(`INSERT OR REPLACE INTO removed_run (${rowColumns(removedFormat)}) VALUES (${marks})`)
  // Whatever is of a lineage names it by its number: the newest one stays, so that none is given twice.
  const dropLineage = db.prepare<[number]>('DELETE FROM lineage WHERE number = ? AND number < (SELECT max(number) FROM lineage)')
  const drop = valueDropper(db)
  const takeParts = partTaker(db)
  const emptyEntries = entryEmptier(db)

  /** Answers the bytes of those that went, and what is left; null where nothing is. */
  const takeValues = (lineage: number, { values, named }: Going, limit: number): { readonly bytes: number[]; readonly rest: Values | null } => {
    if (values === 'all') {
      const bytes = drop.some(lineage, limit)
      return { bytes, rest: bytes.length < limit ? null : values }
    }
    const since = values.length === 0 ? new Set() : named()
    const bytes = drop.these(lineage, values.slice(0, limit).filter((address) => !since.has(address)))
    return { bytes, rest: values.length <= limit ? null : values.slice(limit) }
  }

  return (row, going, limit) => {
    const parts = takeParts(row.number, limit)
    const partRows = parts.reduce((sum, { rows }) => sum + rows, 0)
    const { entries, tally, bytes } = emptyEntries(row.number, row, limit - partRows)
    const emptied = entries - row.entries
    const room = limit - partRows - emptied
    const { bytes: dropped, rest } = room <= 0 || !going.isSure ? { bytes: [], rest: going.values } : takeValues(row.lineage, going, room)
    const isUnderWay = rest !== null
    if (!isUnderWay && going.values === 'all') dropLineage.run(row.lineage)

    const key = removedKey(row)
    const { content, checksum } = sealRow(crypt, row.lineage, removedFormat, key, { ...row, entries, tally, isUnderWay })
    put.run(...key, content, checksum)
    const gone = { ...noAmount, entries: emptied, values: dropped.length, bytes: dropped.reduce((sum, each) => sum + each, bytes) }
    return {
      amount: added(withRows(noAmount, parts), gone),
      rows: partRows + emptied + dropped.length,
      isUnderWay,
      rest: room <= 0 || going.isSure ? rest : null,
    }
  }
}
