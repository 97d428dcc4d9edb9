import type Database from 'better-sqlite3'
import type { JournalEntry } from '../../../model/entry.ts'
import type { RunId } from '../../../model/ids.ts'
import type { RunRecord } from '../../../model/run.ts'
import { isEnded } from '../../../model/status.ts'
import { ifWhole } from '../../read/if-whole.ts'
import { journalReader } from '../../read/journal.ts'
import { runReader } from '../../read/runs.ts'
import { parsed } from '../parsed.ts'
import { Account } from './account.ts'
import { opened } from './enter.ts'

type RunEntry = Extract<JournalEntry, { run: RunId }>

/** The run that an entry creates. */
function createdIn({ events }: Pick<RunEntry, 'events'>): RunRecord | undefined {
  return events.find((event) => event.type === 'run_created')?.run
}

/** The accounts of runs that have not ended, as one slice of the journal leaves them. */
export function accountKeeper(index: Database.Database, store: Database.Database) {
  const find = index.prepare<[string], string>('SELECT content FROM metric_account WHERE run = ?').pluck()
  const put = index.prepare<[string, string]>(
    'INSERT INTO metric_account (run, content) VALUES (?, ?) ON CONFLICT DO UPDATE SET content = excluded.content',
  )
  const remove = index.prepare<[string]>('DELETE FROM metric_account WHERE run = ?')
  const runs = runReader(store)
  const journal = journalReader(store)

  /** What never changes of a run may be read of a store that is ahead of the entries: its first entry. */
  const born = (run: RunId): RunRecord | undefined => {
    const number = runs.numberOf(run)
    const [first] = (number === undefined ? undefined : ifWhole(() => journal.ofRun(run, number, 0, 1))) ?? []
    return first?.run === run ? createdIn(first) : undefined
  }

  const stored = (run: RunId): Account | undefined => {
    const kept = find.get(run)
    if (kept !== undefined) return parsed(Account, JSON.parse(kept))
    const record = born(run)
    return record && opened({ ...record, isReplay: record.origin !== null })
  }

  return () => {
    const changed = new Map<RunId, { readonly account: Account; readonly isOver: boolean }>()

    return {
      /** The account that an entry is entered into; undefined where nothing tells whose it is. */
      of: ({ run, events }: RunEntry): Account | undefined => {
        const created = createdIn({ events })
        if (created !== undefined) return opened({ ...created, isReplay: created.origin !== null })
        return changed.get(run)?.account ?? stored(run)
      },

      /** Of a run that has ended there is nothing to keep: should it move again, the store tells what it is. */
      keep: ({ run, events }: RunEntry, account: Account): void => {
        changed.set(run, { account, isOver: events.some((event) => event.type === 'run_moved' && isEnded(event.to)) })
      },

      write: (): void => {
        for (const [run, { account, isOver }] of changed) {
          if (isOver) remove.run(run)
          else put.run(run, JSON.stringify(account))
        }
      },
    }
  }
}
