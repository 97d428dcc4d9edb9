import { reading } from '../sqlite/reading.ts'
import { storePaths } from '../paths.ts'
import type { Opening } from '../thread/answering-thread.ts'
import type { IndexAnswers } from './answers.ts'
import { JournalIndex, type Progress } from './journal-index.ts'
import { slice } from './pace.ts'

/** What is asked of the index's thread. */
export interface IndexMethods extends IndexAnswers {
  /** Follows the journal for one slice. */
  follow(): Progress
  close(): void
}

/**
 * Opens the index of a workspace's store, which is beside it where no other place is named. That of an encrypted store is in
 * memory alone: all that it holds is there to be found, and none of it may be read off the disk.
 */
export function openIndexMethods({ workspace, index: elsewhere, key }: Pick<Opening, 'workspace' | 'index' | 'key'>): IndexMethods {
  const { store, index: beside } = storePaths(workspace)
  const paths = { store, index: key === null ? (elsewhere ?? beside) : ':memory:' }
  const index = reading(store, () => new JournalIndex(paths, key))
  const caughtUp = <Given extends unknown[], Answer>(call: (answers: IndexAnswers, ...given: Given) => Answer) => {
    return (...given: Given): Answer => index.answer(slice, (answers) => call(answers, ...given))
  }

  return {
    follow: () => index.follow(slice),
    search: caughtUp((answers, search) => answers.search(search)),
    counts: caughtUp((answers, query) => answers.counts(query)),
    matching: caughtUp((answers, query) => answers.matching(query)),
    metrics: caughtUp((answers, range, waiting) => answers.metrics(range, waiting)),
    health: caughtUp((answers, from) => answers.health(from)),
    revisions: caughtUp((answers, workflow) => answers.revisions(workflow)),
    failures: caughtUp((answers, since) => answers.failures(since)),
    errorGroups: caughtUp((answers, query, after, limit) => answers.errorGroups(query, after, limit)),
    errorsOfGroup: caughtUp((answers, fingerprint, query, after, limit) => answers.errorsOfGroup(fingerprint, query, after, limit)),
    errorFigures: caughtUp((answers, query) => answers.errorFigures(query)),
    storage: caughtUp((answers) => answers.storage()),
    close: () => index.close(),
  }
}
