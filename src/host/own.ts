import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { StorageError } from '../model/storage-errors.ts'
import { AlreadyOwned, claimOwnership } from '../store/owner.ts'
import { StoreTooNew } from '../store/sqlite/migrate.ts'
import { StartRefused } from './start-refused.ts'
import { configName, type Layout } from './workspace/layout.ts'

/** @throws StartRefused where the folder is no workspace */
export function assertWorkspace({ root, config, workflows }: Layout): void {
  if (existsSync(config) || existsSync(workflows)) return
  throw new StartRefused(
    'workspace',
    `${root} is no workspace: it has neither ${configName} nor a folder workflows; cairn init ${root} makes one`,
  )
}

/** Makes this process the workspace's owner; returns what gives it up. @throws StartRefused where another one is */
export function own(layout: Layout): () => void {
  try {
    return claimOwnership(layout.root, { pid: process.pid, host: hostname() }).release
  } catch (error) {
    if (error instanceof AlreadyOwned) throw new StartRefused('owned', error.message, { cause: error })
    throw error
  }
}

/** Does what needs the store. @throws StartRefused where the store is why it cannot be done */
export async function startTrouble<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    throw new StartRefused(error instanceof StoreTooNew ? 'newer' : 'store', error.message, { cause: error })
  }
}
