import type Database from 'better-sqlite3'
import type { RunEntry } from '../../model/entry.ts'
import { ifWhole } from '../read/if-whole.ts'
import { journalReader } from '../read/journal.ts'

/** Of so many runs it is known which entry the walk has met last. */
const mostKnown = 10_000

/** An entry of a run that is whole, and filed under the number of that run. */
interface Filed {
  readonly entry: RunEntry
  readonly number: number
  readonly position: number
}

/**
 * Each entry of a run takes it one version on from the one before it of that run. One that does not was written on a row of before: what that
 * had lost nobody would see any more, since the row is the newest again. Answers what is wrong with an entry; undefined where nothing is, or
 * where the one before it cannot be read, which is found by itself.
 */
export function versionVerifier(db: Database.Database): (filed: Filed) => string | undefined {
  const journal = journalReader(db)
  const positionBefore = db
    .prepare<[number, number], number | null>('SELECT max(position) FROM journal INDEXED BY journal_by_run WHERE run = ? AND position < ?')
    .pluck()
  const met = new Map<number, { readonly position: number; readonly version: number }>()

  const versionBefore = ({ entry: { run }, number, position }: Filed): number | undefined => {
    const last = met.get(number)
    if (last !== undefined && last.position === positionBefore.get(number, position)) return last.version
    const [before] = ifWhole(() => journal.ofRunBefore(run, number, position, 1)) ?? []
    return before?.run === run ? before.version : undefined
  }

  return (filed) => {
    const { entry: { version }, number, position } = filed
    const before = versionBefore(filed)
    if (met.size === mostKnown) met.clear()
    met.set(number, { position, version })
    if (before === undefined || version === before + 1) return undefined
    return `it takes its run to version ${version}, which had come to ${before}: it was written on a row of before, or what came between is not there`
  }
}
