/** The processes that a test's host starts, from bundles: each starts in less than half of what it takes from the sources. */
import { join } from 'node:path'
import { forkExecutors } from '../../src/effects/executor/fork.ts'
import { entrySources, programFolder } from '../../src/host/program.ts'
import type { Spawn } from '../../src/host/spawn.ts'
import { bundledFolder } from '../bundled-folder.ts'

let folder: string | undefined

export const bundledPrograms: Spawn = (program, memory) => {
  folder ??= bundledFolder({
    executor: join(programFolder, entrySources.executor),
    guard: join(programFolder, entrySources.guard),
    loader: join(programFolder, entrySources.loader),
  })
  return forkExecutors({ entry: join(folder, `${program}.mjs`), memory })
}
