import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { ifWhole } from '../read/if-whole.ts'
import { runReader } from '../read/runs.ts'
import type { Findings } from './findings.ts'

/** So many are told of by name: thousands may pin one revision, and a backup brings all of them back. */
const mostNamed = 20

/**
 * Tells what is damaged of a revision of each run that cannot go on without it: those not ended that pin it now. The oldest are named, the
 * others counted. Answers what is wrong, with how many those are.
 */
export function pinnedByTeller(db: Database.Database, findings: Findings): (damage: CorruptionFound) => CorruptionFound {
  const { byId, unfinished } = runReader(db)
  const told = new Map<string, CorruptionFound>()

  const tell = ({ object, key, detail }: CorruptionFound): CorruptionFound => {
    const all = unfinished().runs.filter((id) => ifWhole(() => byId(id))?.record.revision === key)
    const more = all.length - mostNamed
    const said = more > 0 ? `${detail}; ${more} more ${more === 1 ? 'run pins' : 'runs pin'} it beside those that are named` : detail
    for (const run of all.slice(0, mostNamed)) findings.add(object, key, said, run)
    for (const run of all.slice(mostNamed)) findings.count(object, key, detail, run)
    return new CorruptionFound(object, key, said)
  }

  return (damage) => {
    const known = told.get(damage.key) ?? tell(damage)
    told.set(damage.key, known)
    return known
  }
}
