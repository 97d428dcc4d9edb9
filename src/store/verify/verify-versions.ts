import type Database from 'better-sqlite3'
import type { RunEntry } from '../../model/entry.ts'
import { ifWhole } from '../read/if-whole.ts'
import { journalReader } from '../read/journal.ts'

/** Of so many runs it is known which entry the walk has met last. */
const mostKnown = 10_000
/** So many entries that cannot be read are gone past on the way to one that can. */
const mostUnread = 20

/** An entry of a run that is whole, and filed under the number of that run. */
interface Filed {
  readonly entry: RunEntry
  readonly number: number
  readonly position: number
}

/**
 * Each entry of a run takes it one version on from the one before it of that run. One that does not was written on a row of before: what that
 * had lost nobody would see any more, since the row is the newest again. Answers what is wrong with an entry; undefined where nothing is,
 * null where that is not known. An entry before it that cannot be read is found by itself, and counted: the newest before that says the same.
 */
export function versionVerifier(db: Database.Database): (filed: Filed) => string | null | undefined {
  const journal = journalReader(db)
  const positionBefore = db
    .prepare<[number, number], number | null>('SELECT max(position) FROM journal INDEXED BY journal_by_run WHERE run = ? AND position < ?')
    .pluck()
  const met = new Map<number, { readonly position: number; readonly version: number }>()

  /** The version that the entries before one have brought its run to: null where there are none, undefined where so many cannot be read. */
  const versionBefore = ({ entry: { run }, number, position }: Filed): number | null | undefined => {
    const last = met.get(number)
    let upTo = position
    for (let unread = 0; unread <= mostUnread; unread += 1) {
      const next = positionBefore.get(number, upTo) ?? null
      if (next === null) return unread === 0 ? null : undefined
      if (last?.position === next) return last.version + unread
      const [before] = ifWhole(() => journal.ofRunBefore(run, number, upTo, 1)) ?? []
      if (before?.run === run) return before.version + unread
      upTo = next
    }
    return undefined
  }

  return (filed) => {
    const { entry: { version }, number, position } = filed
    const before = versionBefore(filed)
    if (met.size === mostKnown) met.clear()
    met.set(number, { position, version })
    if (before === undefined) return null
    if (before === null || version === before + 1) return undefined
    return `it takes its run to version ${version}, which had come to ${before}: it was written on a row of before, or what came between is not there`
  }
}
