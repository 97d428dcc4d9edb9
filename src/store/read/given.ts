import type Database from 'better-sqlite3'
import { contextKey, inputKey } from '../../model/checkpoint.ts'
import type { JournalEntry, Position, RunEntry } from '../../model/entry.ts'
import type { Address, RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunRow } from '../format/rows.ts'
import { journalReader } from './journal.ts'

type Given = readonly [key: string, address: Address]

/** Entries that are read at once. */
const slice = 1_000
/** Of so many runs it is known. */
const most = 1_000

/**
 * Reads from the journal every input and context that a run was given: each branch begins with some, and keeps them. It is remembered
 * until there is another branch. The answer throws CorruptionFound, also where the journal does not tell how each branch began.
 */
export function givenReader(db: Database.Database): (run: RunRow) => readonly Given[] {
  const journal = journalReader(db)
  const known = new Map<RunId, { readonly branch: number; readonly given: readonly Given[] }>()

  const read = ({ number, record: { id, branch } }: RunRow): readonly Given[] => {
    const found: Given[] = []
    let begun = 0
    const take = ({ events }: JournalEntry): void => {
      for (const event of events) {
        if (event.type !== 'run_created' && event.type !== 'run_restored') continue
        begun += 1
        found.push(...givenBy(event))
      }
    }
    for (let position: Position | undefined = 0; position !== undefined; ) {
      const entries: readonly JournalEntry[] = journal.ofRun(id, number, position, slice)
      entries.forEach(take)
      position = entries.at(-1)?.position
    }
    if (begun === branch + 1) return found
    throw new CorruptionFound('journal', id, 'it does not tell how each branch of the run began')
  }

  return (run) => {
    const { id, branch } = run.record
    const last = known.get(id)
    if (last?.branch === branch) return last.given
    const given = read(run)
    if (known.size === most) known.clear()
    known.set(id, { branch, given })
    return given
  }
}

function givenBy(event: Extract<RunEntry['events'][number], { readonly type: 'run_created' | 'run_restored' }>): Given[] {
  const given = event.type === 'run_created' ? event.run : event.basis
  return given === null ? [] : [[inputKey, given.input], [contextKey, given.context]]
}
