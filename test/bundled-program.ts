/** The program, bundled from its sources as they are now: what it starts is there in less than half of the time that it takes from those. */
import { join } from 'node:path'
import { forkExecutors } from '../src/effects/executor/fork.ts'
import { type Entry, entrySources, programFolder } from '../src/host/program.ts'
import type { Programs } from '../src/host/start.ts'
import { bundledFolder } from './bundled-folder.ts'

const { sdk: _, ...programs } = entrySources

let folder: string | undefined

/** The file that an entry of the program is bundled into; all of them stand beside each other, where what was built stands too. */
export function bundledEntry(entry: Entry): string {
  folder ??= bundledFolder({
    entries: Object.fromEntries(Object.entries(programs).map(([name, source]) => [name, join(programFolder, source)])),
    emit: { 'sdk.js': join(programFolder, 'scripts', 'emit-sdk.ts') },
    extension: '.js',
    within: join(programFolder, 'out'),
  })
  return join(folder, `${entry}.js`)
}

/** What a test's host starts. */
export const bundledPrograms: Required<Programs> = {
  spawn: (program, memory) => forkExecutors({ entry: bundledEntry(program), memory }),
  get threads() {
    return {
      readerEntry: bundledEntry('reader'),
      indexEntry: bundledEntry('indexer'),
      backupEntry: bundledEntry('backup'),
      copierEntry: bundledEntry('copier'),
    }
  },
  get sdk() {
    return bundledEntry('sdk')
  },
}
