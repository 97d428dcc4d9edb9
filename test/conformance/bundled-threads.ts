import { join } from 'node:path'
import type { ThreadEntries } from '../../src/store/open-store.ts'
import { bundledFolder } from '../bundled-folder.ts'

const sources = new URL('../../src/store/', import.meta.url).pathname

let entries: Required<ThreadEntries> | undefined

/** The threads of a store, from bundles: from its sources, each one strips a hundred files of their types before it begins. */
export function bundledThreads(): Required<ThreadEntries> {
  if (entries !== undefined) return entries
  const folder = bundledFolder({
    entries: {
      reader: join(sources, 'reader/thread.ts'),
      index: join(sources, 'index/thread.ts'),
      backup: join(sources, 'backup/backup-thread.ts'),
      copier: join(sources, 'wal/thread.ts'),
    },
  })
  const entry = (name: string): string => join(folder, `${name}.mjs`)
  entries = { readerEntry: entry('reader'), indexEntry: entry('index'), backupEntry: entry('backup'), copierEntry: entry('copier') }
  return entries
}
