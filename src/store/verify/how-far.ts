import type Database from 'better-sqlite3'
import { type Place, type Section, sections } from './place.ts'

/** Where a section ends, in the first number of its keys; those that are left out are over at once. */
const ends: Partial<Record<Section, string>> = {
  keys: 'SELECT max(lineage) FROM data_key',
  journal: 'SELECT max(position) FROM journal',
  lineages: 'SELECT max(number) FROM lineage',
  runs: 'SELECT max(number) FROM run',
  removed: 'SELECT max(number) FROM removed_run',
  values: 'SELECT max(rowid) FROM value',
  signals: 'SELECT max(run) FROM signal',
}

/** How much of a round lies before a place, from 0 to 1: a guess that only grows, since no table is counted for it. */
export function howFar(db: Database.Database, { section, after: [key = 0] }: Place): number {
  const end = endOf(db, ends[section])
  const within = end > 0 ? Math.min(1, Math.max(0, Number(key) / end)) : 0
  return (sections.indexOf(section) + within) / sections.length
}

/** Of a table that cannot be read, nothing is known here: the walk tells of it. */
function endOf(db: Database.Database, sql: string | undefined): number {
  try {
    return sql === undefined ? 0 : Number(db.prepare<[]>(sql).pluck().get())
  } catch {
    return 0
  }
}
