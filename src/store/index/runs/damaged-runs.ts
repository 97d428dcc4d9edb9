/**
 * Runs whose rows are damaged, as far as it is known here, so that the others are found without them.
 *
 * Invariants:
 * 1. A run that was damaged as its entries were followed is not in the tables as it is: it is kept as `unread`.
 * 2. One that turns out to be damaged as it is to be shown is known as long as the index is open.
 * 3. Whichever it was, once it is whole it is found.
 */
import type Database from 'better-sqlite3'
import { RunId } from '../../../model/ids.ts'
import type { RunRow } from '../../format/rows.ts'
import { ifWhole } from '../../read/if-whole.ts'
import { runReader } from '../../read/runs.ts'
import { IndexBroken } from '../index-broken.ts'
import { parsed } from '../parsed.ts'
import type { Condition } from './condition.ts'

export function damagedRuns(index: Database.Database, store: Database.Database) {
  const runs = runReader(store)
  const unread = index.prepare<[], string>('SELECT run FROM unread ORDER BY run DESC').pluck()
  const met = new Set<RunId>()

  /** Null where it is damaged, undefined where it is not there. */
  const read = (id: RunId): RunRow | null | undefined => {
    const found = ifWhole(() => ({ row: runs.byId(id) }))
    return found === undefined ? null : found.row
  }

  return {
    /** Those that are damaged now; what of them is whole again is forgotten. */
    now: (): RunId[] => {
      const left = unread.all().map((id) => parsed(RunId, id))
      const whole = left.find((id) => (read(id) ?? null) !== null)
      if (whole !== undefined) throw new IndexBroken(`it has left out run ${whole}, which is whole`)
      for (const id of met) if (read(id) !== null) met.delete(id)
      return [...new Set([...met, ...left])]
    },

    /** What is told of a run; one that is damaged is known as such then. */
    telling: <T>(id: RunId, tell: () => T): T | undefined => {
      const found = ifWhole(() => ({ told: tell() }))
      if (found === undefined) met.add(id)
      return found?.told
    },

    get known(): number {
      return met.size
    },

    /** Leaves out those that cannot be shown. */
    conditions: (): Condition[] => (met.size === 0 ? [] : [{ sql: 'id NOT IN (SELECT value FROM json_each(?))', given: [JSON.stringify([...met])] }]),
  }
}
