/**
 * Folders whose code the user lets run. Kept with the user and never in the folder itself: a folder cannot vouch for
 * itself.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

export interface Trust {
  /** False also where the folder is not there. */
  isTrusted(folder: string): Promise<boolean>
}

export interface TrustStore extends Trust {
  /** Remembers that a person trusts the folder. @throws Error where it is not there, or the file cannot be written */
  trust(folder: string): Promise<void>
}

const Trusted = z.object({ folders: z.array(z.string()) })

/**
 * The trust that a file holds, which only the user may read. A folder is known by its real path, whatever links lead
 * to it; one inside a trusted folder is not trusted by that.
 */
export function trustStore(file: string): TrustStore {
  const folders = async (): Promise<string[]> => {
    try {
      return Trusted.parse(JSON.parse(await readFile(file, 'utf8'))).folders
    } catch {
      // A file that is gone or garbled trusts nobody: the person is asked again.
      return []
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    isTrusted: async (folder) => {
      const real = await realpath(folder).catch(() => undefined)
      return real !== undefined && (await folders()).includes(real)
    },
    trust: async (folder) => {
      const add = async (): Promise<void> => {
        const all = new Set([...(await folders()), await realpath(folder)])
        await writePrivately(file, `${JSON.stringify({ folders: [...all].toSorted() }, null, 2)}\n`)
      }
      last = last.then(add, add)
      await last
    },
  }
}

/** Whole or not at all: who reads meanwhile sees the old file or the new one. */
async function writePrivately(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.${randomUUID()}.part`
  await writeFile(part, text, { mode: 0o600 })
  await rename(part, file)
}
