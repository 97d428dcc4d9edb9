/** What the index's thread answers. A noun of it is a file that makes its methods from the open files, and a line here. */
import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import { failureAnswers } from './failures/answers.ts'
import { metricAnswers } from './metrics/answers.ts'
import { runAnswers } from './runs/search.ts'

/** Both files, for as long as they are open. Each method is called within one transaction, caught up with the journal. */
export interface OpenIndex {
  readonly index: Database.Database
  readonly store: Database.Database
  /** The journal's position up to which the index has read. */
  position(): Position
}

export function indexAnswers(open: OpenIndex) {
  return { ...runAnswers(open), ...metricAnswers(open), ...failureAnswers(open) }
}

/** The methods by name: what is asked across the thread's border. */
export type IndexAnswers = ReturnType<typeof indexAnswers>
