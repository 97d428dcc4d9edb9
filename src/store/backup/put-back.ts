/**
 * Puts a copy of a store in the place of a workspace's store, which the caller owns and nobody has open.
 *
 * Invariants:
 * 1. A file from elsewhere is never opened where it lies: its bytes are copied, and the copy is looked at.
 * 2. The store stays as it is until the copy has been verified whole. What is replaced is kept under another name.
 * 3. The copy says in its journal that it was put back. It is anchored before it takes the store's place, beside what was
 *    anchored by then: wherever the process dies, the anchor fits what is there.
 * 4. What a WAL holds is brought home before the store is set aside. Only of a store that cannot be read do file and WAL go apart for
 *    a moment: both are kept as they are, and SQLite, which would throw such a WAL away, does not get to see them.
 */
import { constants, existsSync } from 'node:fs'
import { copyFile, link, rename, rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock, Randomness } from '../../engine/ports.ts'
import type { Actor } from '../../model/actor.ts'
import type { BackupProgress } from '../../model/backup.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import { unlock } from '../crypt/unlock.ts'
import type { WorkspaceKey } from '../crypt/workspace-key.ts'
import { storePaths } from '../paths.ts'
import { faultOf } from '../sqlite/fault.ts'
import { Checkpointed } from '../wal.ts'
import { aboutCopy } from './about-copy.ts'
import { assertWhole } from './assert-whole.ts'
import { copyFiles, makeOneFile, removeStore, syncFile } from './copy-store.ts'
import { headOf } from './head-of.ts'
import { journaledCopy } from './journaled-copy.ts'
import { takePlace } from './take-place.ts'

/** How long whoever reads the store that is to be replaced has to be done, in milliseconds. */
const patience = 2_000

export interface PutBackParts {
  readonly workspace: string
  /** The copy. */
  readonly from: string
  /** What the store that is replaced is called from now on, in its folder; numbered where another one is called that. */
  readonly kept: string
  readonly actor: Actor
  readonly clock: Clock
  /** Finds what a copy is encrypted with; null where it is not. */
  readonly keyOf?: (copy: string) => Promise<WorkspaceKey | null>
  readonly randomness: Pick<Randomness, 'bytes'>
  readonly told: (progress: BackupProgress) => void
}

export interface PutBack {
  /** Where the journal ends that is in use now. */
  readonly position: number
  /** Where the one ended that was replaced; null where it cannot be read. */
  readonly replaced: number | null
  /** The file that holds the store that was replaced; null where there was none. */
  readonly kept: string | null
}

/** @throws StorageFailed, CorruptionFound, KeyRefused, StoreTooNew, StoreForeign: then everything is as it was */
export async function putBack(parts: PutBackParts): Promise<PutBack> {
  const { workspace, from, kept: name, keyOf = () => Promise.resolve(null), actor, clock, randomness, told } = parts
  const { store, folder } = storePaths(workspace)
  const incoming = `${store}.incoming`
  const aside = unused(folder, name)
  const kept = existsSync(store) ? aside : null
  try {
    await copyFiles(from, incoming)
    told({ type: 'verifying' })
    makeOneFile(incoming)
    const key = await keyOf(incoming)
    assertWhole(incoming, headOf(incoming), { key })
    const replaced = positionIn(store)
    const said = { at: clock.now(), actor, events: [{ type: 'backup_restored' as const, from, replaced, kept }] }
    const head = journaledCopy(incoming, said, (db) => unlock(db, key, randomness.bytes))
    await syncFile(incoming)

    if (replaced !== null) bringHome(store)
    await setAside(store, aside)
    await takePlace(workspace, incoming, head)
    return { position: head.position, replaced, kept }
  } catch (error) {
    if (existsSync(incoming)) await takeBack(store, aside)
    throw aboutCopy(error, { copy: incoming, from, to: store })
  } finally {
    await removeStore(incoming)
  }
}

function unused(folder: string, file: string): string {
  const { name, ext } = parse(file)
  let path = join(folder, file)
  for (let number = 2; ['', ...besides].some((part) => existsSync(`${path}${part}`)); number += 1) path = join(folder, `${name}-${number}${ext}`)
  return path
}

/** A store that is to be replaced need not be whole, or a store at all. */
function positionIn(file: string): number | null {
  try {
    return existsSync(file) ? headOf(file).position : null
  } catch {
    return null
  }
}

/** What SQLite may have left beside a store that is a part of it: beside another store it would be taken for a part of that. */
const besides = ['-wal', '-journal'] as const

/**
 * Gives the store a second name, under which it stays whole once the first is another's. What could not be brought home goes along,
 * also where the store itself is gone.
 */
async function setAside(store: string, aside: string): Promise<void> {
  if (existsSync(store)) await link(store, aside).catch(() => copyFile(store, aside, constants.COPYFILE_EXCL))
  for (const part of besides) if (existsSync(`${store}${part}`)) await rename(`${store}${part}`, `${aside}${part}`)
  await rm(`${store}-shm`, { force: true })
}

/** The store that was to be replaced is there still: it has its name alone again, and what is beside it. */
async function takeBack(store: string, aside: string): Promise<void> {
  for (const part of besides) if (existsSync(`${aside}${part}`)) await rename(`${aside}${part}`, `${store}${part}`)
  await rm(aside, { force: true })
}

/** @throws StorageFailed where it cannot be done now, and might be later; a disk that fails may keep it from being done at all */
function bringHome(store: string): void {
  try {
    const db = new Database(store, { fileMustExist: true, timeout: patience })
    try {
      const [busy, log, checkpointed] = Checkpointed.parse(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').raw().get())
      // Where somebody else is copying it, SQLite knows neither number.
      if (busy !== 0 && (log < 0 || log !== checkpointed)) throw new StorageFailed(`${store} cannot be set aside: another process reads it: close whatever else has it open`, { fault: 'held' })
    } finally {
      db.close()
    }
  } catch (error) {
    const fault = faultOf(store, error)
    if (fault?.fault !== 'failing') throw fault ?? error
  }
}
