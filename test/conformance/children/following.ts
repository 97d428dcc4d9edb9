/** Follows the journal of a store into its index, an entry at a time, and says so after each; it never ends by itself. */
import { storePaths } from '../../../src/store/paths.ts'
import { JournalIndex } from '../../../src/store/index/journal-index.ts'

const index = new JournalIndex(storePaths(process.argv[2] ?? ''))
for (;;) {
  const { position } = index.follow(1)
  process.stdout.write(`${position}\n`)
  await new Promise(setImmediate)
}
