/**
 * Puts a copy of a store in the place of a workspace's store, which the caller owns and nobody has open.
 *
 * Invariants:
 * 1. A file from elsewhere is never opened where it lies: its bytes are copied, and the copy is looked at.
 * 2. The store stays as it is until the copy has been verified whole. What is replaced is kept under another name.
 * 3. The copy says in its journal that it was put back. It is anchored before it takes the store's place, beside what was
 *    anchored by then: wherever the process dies, the anchor fits what is there.
 * 4. What a WAL holds is brought home before the store is set aside. Only of a store that cannot be read, or whose disk fails, do file
 *    and WAL go apart for a moment: both are kept as they are, and SQLite, which would throw such a WAL away, does not get to see them.
 */
import { existsSync } from 'node:fs'
import type { Clock, Randomness } from '../../engine/ports.ts'
import type { Actor } from '../../model/actor.ts'
import type { BackupProgress } from '../../model/backup.ts'
import { unlock } from '../crypt/unlock.ts'
import type { WorkspaceKey } from '../crypt/workspace-key.ts'
import { storePaths } from '../paths.ts'
import { assertStore, openReader } from '../sqlite/connection.ts'
import { reading } from '../sqlite/reading.ts'
import { aboutCopy } from './about-copy.ts'
import { assertWhole } from './assert-whole.ts'
import { copyFiles, makeOneFile, removeStore, syncFile } from './copy-store.ts'
import { headOf } from './head-of.ts'
import { journaledCopy } from './journaled-copy.ts'
import { emptyWal, setAside, takeBack, unused } from './set-aside.ts'
import { takePlace } from './take-place.ts'

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
  /** Called once nothing is left but to take the place: what is known elsewhere of the store before is none of this one's. */
  readonly takes: () => void
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
  const { workspace, from, kept: name, keyOf = () => Promise.resolve(null), actor, clock, randomness, told, takes } = parts
  const { store, folder, incoming } = storePaths(workspace)
  const aside = unused(folder, name)
  const kept = existsSync(store) ? aside : null
  try {
    await copyFiles(from, incoming)
    told({ type: 'verifying' })
    assertBegun(incoming)
    makeOneFile(incoming)
    const key = await keyOf(incoming)
    assertWhole(incoming, headOf(incoming), { key })
    const replaced = positionIn(store)
    const said = { at: clock.now(), actor, events: [{ type: 'backup_restored' as const, from, replaced, kept }] }
    const head = journaledCopy(incoming, said, (db) => unlock(db, key, randomness.bytes))
    await syncFile(incoming)

    if (replaced !== null) emptyWal(store)
    await setAside(store, aside)
    takes()
    await takePlace(workspace, incoming, head)
    return { position: head.position, replaced, kept }
  } catch (error) {
    if (existsSync(incoming)) await takeBack(store, aside)
    throw aboutCopy(error, { copy: incoming, from, to: store })
  } finally {
    await removeStore(incoming)
  }
}

/** A writer would begin a store in a file that holds nothing. @throws StoreForeign */
function assertBegun(file: string): void {
  const db = openReader(file)
  try {
    reading(file, () => assertStore(db))
  } finally {
    db.close()
  }
}

/** A store that is to be replaced need not be whole, or a store at all. */
function positionIn(file: string): number | null {
  try {
    return existsSync(file) ? headOf(file).position : null
  } catch {
    return null
  }
}
