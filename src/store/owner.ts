/**
 * Who owns a workspace's store. The owner holds an exclusive SQLite transaction on a file of its own for as long as it
 * lives; the kernel frees it at death, whatever the death.
 *
 * Invariants:
 * 1. Who the owner is stands in a file beside, written after the lock is held: it informs, it decides nothing.
 * 2. Nobody reads the lock file but SQLite: on POSIX systems a process that opens and closes a file by itself loses
 *    every lock that it has on it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { StorageError } from '../model/storage-errors.ts'
import { storePaths } from './paths.ts'
import { faultOf } from './sqlite/fault.ts'

/** How an owner tells others of itself. */
export const Owner = z.object({ pid: z.int().positive(), host: z.string() })
export type Owner = z.infer<typeof Owner>

/** Another host owns the workspace. */
export class AlreadyOwned extends StorageError {
  override readonly name = 'AlreadyOwned'
  /** Null where the owner has not yet written who it is. */
  readonly owner: Owner | null

  constructor(workspace: string, owner: Owner | null) {
    const who = owner === null ? 'another process' : `process ${owner.pid} on ${owner.host}`
    super(`${workspace} is open in ${who}: work with that one through its socket, or stop it`)
    this.owner = owner
  }
}

export interface Ownership {
  /** Gives the workspace up. A second time does nothing. */
  release(): void
}

/** Makes this process the owner until it releases or dies. @throws AlreadyOwned, StorageFailed */
export function claimOwnership(workspace: string, self: Owner): Ownership {
  const paths = storePaths(workspace)
  let lock: Database.Database | undefined
  try {
    mkdirSync(paths.folder, { recursive: true, mode: 0o700 })
    lock = new Database(paths.ownerLock, { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    writeFileSync(paths.owner, `${JSON.stringify(self)}\n`)
    return ownership(lock, paths.owner)
  } catch (error) {
    lock?.close()
    const isHeld = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
    throw isHeld ? new AlreadyOwned(workspace, readOwner(paths.owner)) : (faultOf(paths.folder, error) ?? error)
  }
}

function ownership(lock: Database.Database, owner: string): Ownership {
  return {
    release: () => {
      if (!lock.open) return
      rmSync(owner, { force: true })
      lock.close()
    },
  }
}

function readOwner(file: string): Owner | null {
  try {
    return Owner.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
