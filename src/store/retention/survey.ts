import type Database from 'better-sqlite3'
import { isEnded } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, type RowFormat, rowColumns } from '../format/row.ts'
import { removedFormat, runFormat, type RunRow, stubFormat } from '../format/rows.ts'
import { ifWhole } from '../read/if-whole.ts'
import { runReader } from '../read/runs.ts'
import type { SurveyedRun } from './choose.ts'

/** A run, by its number, and its lineage. */
export type OfLineage = Pick<SurveyedRun, 'number' | 'lineage'>

/** Rows that are read at once: between two readings the WAL can be brought home. */
const slice = 500
/** Damaged runs that are named beside the first. */
const mostNamed = 20

export interface Survey {
  readonly runs: readonly SurveyedRun[]
  /** The number of the newest of them. */
  readonly upTo: number
  readonly unfinished: readonly OfLineage[]
  /** The runs of a lineage: the same array each time. */
  kinOf(lineage: number): readonly number[]
}

/**
 * Every run, and what is left of those whose removal is under way.
 * @throws CorruptionFound where rows of runs are damaged, which it names: nobody knows what those share with others
 */
export function survey(db: Database.Database, goOn: () => void): Survey {
  const trimmed = trimmedRuns(db)
  const rows = ifWhole(() => [...rowsOf(db, runFormat, goOn)]) ?? damagedIn(db)
  const runs = rows.map((row) => surveyed(row, trimmed))
  const byLineage = new Map([...Map.groupBy(runs, ({ lineage }) => lineage)].map(([lineage, kin]) => [lineage, kin.map(({ number }) => number)]))
  const unfinished = [...rowsOf(db, removedFormat, goOn)].filter(({ isUnderWay }) => isUnderWay)
  return { runs, unfinished, upTo: runs.at(-1)?.number ?? 0, kinOf: (lineage) => byLineage.get(lineage) ?? [] }
}

/** @throws CorruptionFound */
function damagedIn(db: Database.Database): never {
  const runs = runReader(db)
  const [first = '', ...others] = runs.each(runs.numbers(), () => []).damaged
  const more = others.length > mostNamed ? [`${others.length - mostNamed} more`] : []
  const besides = others.length === 0 ? '' : `; so are ${[...others.slice(0, mostNamed), ...more].join(', ')}`
  throw new CorruptionFound('run', first, `nobody knows what it shares with other runs, and nothing is removed as long as it is damaged${besides}`)
}

function surveyed({ number, lineage, record, ledger }: RunRow, trimmed: ReadonlySet<number>): SurveyedRun {
  const { id, workflow, version, origin, parent, status, endedAt, kept } = record
  return {
    ...{ number, id, workflow, version, lineage, origin: origin?.run ?? null, from: origin?.checkpoint ?? null },
    parent: parent?.run ?? null,
    ...{ endedAt: isEnded(status) ? endedAt : null, kept },
    ...{ checkpoints: ledger.checkpoints, branch: record.branch, isTrimmed: trimmed.has(number) },
  }
}

/** Runs of which more is to go that a kill left over. @throws CorruptionFound */
function trimmedRuns(db: Database.Database): ReadonlySet<number> {
  const crypt = cryptOf(db)
  const rows = db.prepare<[], RawRow>(`SELECT ${rowColumns(stubFormat)} FROM stub`).raw().all()
  return new Set(rows.flatMap((row) => (openRow(crypt, stubFormat, row).content.isUnderWay ? [Number(row[0])] : [])))
}

/** The rows of a table, by their number. @throws CorruptionFound */
function* rowsOf<T>(db: Database.Database, format: RowFormat<T>, goOn: () => void): Generator<T> {
  const crypt = cryptOf(db)
  const next = db
    .prepare<[number], RawRow>(`SELECT ${rowColumns(format)} FROM ${format.table} WHERE number > ? ORDER BY number LIMIT ${slice}`)
    .raw()
  for (let after = 0; ; ) {
    goOn()
    const rows = next.all(after)
    for (const row of rows) yield openRow(crypt, format, row).content
    if (rows.length < slice) return
    after = Number(rows.at(-1)?.[0])
  }
}
