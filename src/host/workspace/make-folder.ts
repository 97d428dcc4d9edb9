import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartRefused } from '../start-refused.ts'

/**
 * Makes a folder, and those above it that are missing. Node's own recursive way tries for ever where a file system has a folder and
 * takes none into it, as /proc does.
 * @throws StartRefused where it cannot be made
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isThere(folder)) return
  await makeFolder(dirname(folder))
  await mkdir(folder).catch(async (error: unknown) => {
    // Somebody else has made it meanwhile.
    if (await isThere(folder)) return
    const why = error instanceof Error ? error.message : String(error)
    throw new StartRefused('workspace', `${folder} cannot be made (${why}): name a folder where new ones may be made`, { cause: error })
  })
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => path === dirname(path),
  )
}
