import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { KeyRefused, StorageError, type StorageFault } from '../model/storage-errors.ts'
import { AlreadyOwned, claimOwnership } from '../store/owner.ts'
import { faultOf } from '../store/sqlite/fault.ts'
import { StoreTooNew } from '../store/sqlite/migrate.ts'
import { StartRefused, type StartTrouble } from './start-refused.ts'
import { configName, type Layout } from './workspace/layout.ts'

/** @throws StartRefused where the folder is no workspace */
export function assertWorkspace({ root, config, workflows }: Layout): void {
  if (existsSync(config) || existsSync(workflows)) return
  throw new StartRefused(
    'workspace',
    `${root} is no workspace: it has neither ${configName} nor a folder workflows; cairn init ${root} makes one`,
  )
}

/** Makes this process the workspace's owner; returns what gives it up. @throws StartRefused where another one is; StorageFailed */
export function own(layout: Layout): () => void {
  try {
    return claimOwnership(layout.root, { pid: process.pid, host: hostname() }).release
  } catch (error) {
    if (error instanceof AlreadyOwned) throw new StartRefused('owned', error.message, { cause: error })
    throw error
  }
}

/** Does what needs the store's folder. @throws StartRefused where that, or the store, is why it cannot be done */
export async function startTrouble<T>({ private: folder }: Pick<Layout, 'private'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const why = error instanceof StorageError ? error : faultOfFolder(folder, error)
    if (why === undefined) throw error
    throw new StartRefused(troubleOf(why), why.message, { cause: why })
  }
}

function troubleOf(why: StorageError): StartTrouble {
  if (why instanceof KeyRefused) return why.why === 'unneeded' ? 'unencrypted' : 'key'
  return why instanceof StoreTooNew ? 'newer' : 'store'
}

/** What a disk says of itself, whichever file it is of. */
const ofTheDisk: ReadonlySet<StorageFault | null> = new Set(['full', 'read_only', 'failing'])

/**
 * What the system refuses a host in its folder. A file that is missing is a fault of the program. Of a file that is open already the
 * system says no name: what it says of the disk is of the folder then, as one that fills up while a file is written.
 */
function faultOfFolder(folder: string, error: unknown): StorageError | undefined {
  if (!(error instanceof Error)) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined
  const fault = faultOf(path ?? folder, error)
  if (path === undefined) return ofTheDisk.has(fault?.fault ?? null) ? fault : undefined
  return fault?.fault === 'gone' ? undefined : fault
}
