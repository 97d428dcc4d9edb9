/**
 * Where the program's own parts stand. It runs in two forms: from its sources, or from the bundles that
 * `electron.vite.config.ts` makes of them. Both lie two folders below the program's folder: `src/host` and `out/main`.
 */
import { join } from 'node:path'

const here = import.meta.dirname
const bundled = import.meta.filename.endsWith('.js')

/** The folder that holds `resources`, `node_modules` and this. */
export const programFolder = join(here, '..', '..')

/** The entries that are started by path, each a process or a thread of its own, or given to workflows, and the sources they are bundled from. */
export const entrySources = {
  headless: 'src/host/headless.ts',
  host: 'src/host/desktop/main.ts',
  cli: 'src/cli/main.ts',
  executor: 'src/effects/executor/child/main.ts',
  guard: 'src/effects/shell/guard/main.ts',
  loader: 'src/effects/loader/child/main.ts',
  reader: 'src/store/reader/thread.ts',
  indexer: 'src/store/index/thread.ts',
  backup: 'src/store/backup/backup-thread.ts',
  copier: 'src/store/wal/thread.ts',
  sdk: 'src/sdk/index.ts',
} as const

export type Entry = keyof typeof entrySources

/** The file to start, or to bundle into a workflow, in the form that this runs in. */
export function entryFile(entry: Entry): string {
  return bundled ? join(here, `${entry}.js`) : join(programFolder, entrySources[entry])
}

/** What the store's threads start from. */
export const threadEntries = {
  readerEntry: entryFile('reader'),
  indexEntry: entryFile('indexer'),
  backupEntry: entryFile('backup'),
  copierEntry: entryFile('copier'),
} as const
