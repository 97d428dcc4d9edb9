import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { KeyRefused, StorageError } from '../model/storage-errors.ts'
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
export async function startTrouble<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const why = error instanceof StorageError ? error : faultOfFolder(error)
    if (why === undefined) throw error
    throw new StartRefused(troubleOf(why), why.message, { cause: error })
  }
}

function troubleOf(why: StorageError): StartTrouble {
  if (why instanceof KeyRefused) return why.why === 'unneeded' ? 'unencrypted' : 'key'
  return why instanceof StoreTooNew ? 'newer' : 'store'
}

/** What the system refuses a host in its folder. A file that is missing is a fault of the program. */
function faultOfFolder(error: unknown): StorageError | undefined {
  if (!(error instanceof Error && 'path' in error && typeof error.path === 'string')) return undefined
  const fault = faultOf(error.path, error)
  return fault?.fault === 'gone' ? undefined : fault
}
