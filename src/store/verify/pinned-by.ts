import type Database from 'better-sqlite3'
import type { RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { ifWhole } from '../read/if-whole.ts'
import { runReader } from '../read/runs.ts'

/** So many are told of by name: thousands may pin one revision, and a backup brings all of them back. */
const mostNamed = 20

/** What is damaged of a revision, told of each of the runs that are named for it. */
export interface DamagedPin {
  readonly runs: readonly RunId[]
  readonly damage: CorruptionFound
}

/** The runs that cannot go on without a revision, oldest first: those not ended that pin it now. What they have left for another they need no more. */
export function pinnedByReader(db: Database.Database): (damage: CorruptionFound) => DamagedPin {
  const { byId, unfinished } = runReader(db)
  const known = new Map<string, readonly RunId[]>()

  const pinning = (hash: string): readonly RunId[] => {
    const found = known.get(hash) ?? unfinished().runs.filter((id) => ifWhole(() => byId(id))?.record.revision === hash)
    known.set(hash, found)
    return found
  }

  return ({ object, key, detail }) => {
    const all = pinning(key)
    const more = all.length - mostNamed
    const told = more > 0 ? `${detail}; ${more} more ${more === 1 ? 'run pins' : 'runs pin'} it beside those that are named` : detail
    return { runs: all.slice(0, mostNamed), damage: new CorruptionFound(object, key, told) }
  }
}
