import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Wrong } from './custody.ts'

/** Looks at every entry that the disk keeps, and says what is wrong with it; undefined where nothing is. */
export interface Watch {
  /** `state` is the run as the entry left it, undefined for one of the host; `before` as it was, where the entry sent it back. */
  wrong(entry: JournalEntry, state: RunState | undefined, before: RunState | undefined): Wrong | undefined
  /** What is wrong once nothing is under way any more. */
  atRest?(): Wrong | undefined
}
