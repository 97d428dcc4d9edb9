/**
 * Puts an encrypted copy of a workspace's store in its place. The caller owns it, and nobody has it open.
 *
 * Invariants:
 * 1. The store stays as it is until the copy has been verified whole; then the copy takes its place, by a rename. A process
 *    that is killed leaves the one or the other.
 * 2. Nothing of what it held stands in a file any more when this resolves: the file of before has lost its name, and so has its
 *    index, in which the same words stand; what they held is overwritten. Of a file system that writes elsewhere what it
 *    overwrites, that cannot be said.
 */
import type { Clock, Randomness } from '../../engine/ports.ts'
import type { Actor } from '../../model/actor.ts'
import { StorageError, StorageFailed } from '../../model/storage-errors.ts'
import { assertWhole } from '../backup/assert-whole.ts'
import { makeOneFile, makeReadableByUs, removeStore, syncFile } from '../backup/copy-store.ts'
import { headOf } from '../backup/head-of.ts'
import { journaledCopy } from '../backup/journaled-copy.ts'
import { takePlace } from '../backup/take-place.ts'
import { migrations } from '../migrations/all.ts'
import { storePaths } from '../paths.ts'
import type { JournalHead } from '../read/journal.ts'
import { openReader, openWriter } from '../sqlite/connection.ts'
import { faultOf } from '../sqlite/fault.ts'
import { damageOf } from '../sqlite/reading.ts'
import { type FileSeals, fileSeals } from './file-seals.ts'
import { beginKeyring } from './keyring.ts'
import { filesOf, type Held, hold, letGo, overwrite } from './overwrite.ts'
import { keyringIn } from './peek.ts'
import { sealInto } from './seal-into.ts'
import { unlock, vaultOf } from './unlock.ts'
import { fingerprintOf, type WorkspaceKey } from './workspace-key.ts'

export interface EncryptionParts {
  readonly workspace: string
  readonly key: WorkspaceKey
  readonly actor: Actor
  readonly clock: Clock
  readonly randomness: Pick<Randomness, 'bytes'>
}

/**
 * Answers which files were overwritten.
 * @throws CorruptionFound where it is not whole, StoreTooNew, StoreForeign, StorageFailed: then everything is as it was, unless the
 * message says that the store is encrypted
 */
export async function encryptStore(parts: EncryptionParts): Promise<readonly string[]> {
  const { workspace, key } = parts
  const { store, index, encrypting: incoming } = storePaths(workspace)
  let before: readonly Held[] = []
  let head: JournalHead | undefined
  try {
    before = await hold([...filesOf(store), ...filesOf(index)])
    makeOneFile(store)
    assertWhole(store, headOf(store))
    await makeReadableByUs(incoming)
    head = sealed(store, incoming, parts)
    assertWhole(incoming, head, { key })
    await syncFile(incoming)
    await takePlace(workspace, incoming, head)
    return await overwrite(before)
  } catch (error) {
    const why = error instanceof StorageError ? error : (damageOf(store, error) ?? faultOf(store, error) ?? error)
    const isInPlace = head !== undefined && keyringIn(store) !== null
    throw isInPlace ? notOverwritten(store, why) : why
  } finally {
    await letGo(before)
    await removeStore(incoming)
  }
}

/** Lends what seals files beside an encrypted store. @throws KeyRefused */
export async function withFileSeals<T>(
  { workspace, key, randomness }: Pick<EncryptionParts, 'workspace' | 'key' | 'randomness'>,
  use: (seals: FileSeals) => Promise<T>,
): Promise<T> {
  const db = openWriter(storePaths(workspace).store, 'full', migrations)
  try {
    unlock(db, key, randomness.bytes)
    return await use(fileSeals(db))
  } finally {
    db.close()
  }
}

function notOverwritten(store: string, why: unknown): StorageFailed {
  const said = why instanceof Error ? why.message : String(why)
  const rest = 'what it held before has no name any more, but may be read from the disk until other files take its room'
  return new StorageFailed(`${store} is encrypted, but not overwritten as it was (${said}): ${rest}. Encrypt it again for what lies beside it`, { cause: why })
}

function sealed(store: string, incoming: string, { key, actor, clock, randomness }: EncryptionParts): JournalHead {
  const from = openReader(store)
  try {
    const at = clock.now()
    const said = { at, actor, events: [{ type: 'store_encrypted' as const, key: fingerprintOf(key) }] }
    return journaledCopy(incoming, said, (to) => {
      beginKeyring(to, key, at, randomness.bytes)
      unlock(to, key, randomness.bytes)
      const vault = vaultOf(to)
      if (vault === undefined) throw new Error('its keyring has just begun')
      sealInto({ from, to, vault })
    })
  } finally {
    from.close()
  }
}
