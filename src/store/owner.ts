/**
 * Who owns a workspace's store. The owner holds a lock for as long as it lives; the kernel frees it at death, whatever the death. Who
 * the owner is stands in a file beside, written after the lock is held: it informs, it decides nothing.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { StorageError } from '../model/storage-errors.ts'
import { storePaths } from './paths.ts'
import { faultOf } from './sqlite/fault.ts'
import { lockFile } from './sqlite/file-lock.ts'

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
  let release: (() => void) | null = null
  try {
    mkdirSync(paths.folder, { recursive: true, mode: 0o700 })
    release = lockFile(paths.ownerLock)
    if (release === null) throw new AlreadyOwned(workspace, readOwner(paths.owner))
    writeFileSync(paths.owner, `${JSON.stringify(self)}\n`)
    return ownership(release, paths.owner)
  } catch (error) {
    release?.()
    throw faultOf(paths.folder, error) ?? error
  }
}

function ownership(release: () => void, owner: string): Ownership {
  let isHeld = true
  return {
    release: () => {
      if (!isHeld) return
      isHeld = false
      rmSync(owner, { force: true })
      release()
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
