/** Which key a store is opened with, and which connections have been opened with one. */
import type Database from 'better-sqlite3'
import type { Instant } from '../../model/ids.ts'
import { KeyRefused } from '../../model/storage-errors.ts'
import { type Crypt, plain } from './crypt.ts'
import { beginKeyring, type Bytes, type Keyring, keyringOf } from './keyring.ts'
import { Vault } from './vault.ts'
import { fingerprintOf, type WorkspaceKey } from './workspace-key.ts'

const vaults = new WeakMap<Database.Database, Vault>()

/** Whoever only reads needs no random bytes. */
const none: Bytes = () => {
  throw new Error('this connection only reads')
}

/** What encrypts for a connection, where its store is encrypted. */
export function vaultOf(db: Database.Database): Vault | undefined {
  return vaults.get(db)
}

export function cryptOf(db: Database.Database): Crypt {
  return vaults.get(db) ?? plain
}

/**
 * Has a connection read and write with this key; null where none was given. Answers the keyring, null where the store is
 * not encrypted.
 * @throws KeyRefused, CorruptionFound
 */
export function unlock(db: Database.Database, key: WorkspaceKey | null, bytes: Bytes = none): Keyring | null {
  const keyring = keyringOf(db)
  if (keyring === null) {
    if (key !== null) throw new KeyRefused('unneeded', notEncrypted(db.name))
    return null
  }
  if (key === null) throw new KeyRefused('missing', noKey(db.name, keyring))
  if (fingerprintOf(key) !== keyring.fingerprint) throw new KeyRefused('wrong', wrongKey(db.name, keyring, key))
  vaults.set(db, new Vault(db, key, bytes))
  // What is sorted would be laid aside in a file.
  db.pragma('temp_store = MEMORY')
  return keyring
}

/** The same for the store's owner: one in which nothing stands yet is encrypted from now on, where a key was given. */
export function unlockNew(db: Database.Database, key: WorkspaceKey | null, now: Instant, bytes: Bytes): Keyring | null {
  if (key !== null && isEmpty(db) && keyringOf(db) === null) beginKeyring(db, key, now, bytes)
  return unlock(db, key, bytes)
}

/** Nothing was ever written in it. */
function isEmpty(db: Database.Database): boolean {
  const any = 'SELECT 1 FROM journal UNION ALL SELECT 1 FROM revision UNION ALL SELECT 1 FROM lineage'
  return db.prepare<[], number>(`SELECT count(*) FROM (${any} LIMIT 1)`).pluck().get() === 0
}

const whereKeysAre = 'CAIRN_KEY_FILE, CAIRN_KEY, or store.key_file of cairn.config.yaml names the key'

function noKey(file: string, { fingerprint }: Keyring): string {
  return `${file} is encrypted, and there is no key: give the one with the fingerprint ${fingerprint}; ${whereKeysAre}`
}

function wrongKey(file: string, { fingerprint }: Keyring, given: WorkspaceKey): string {
  return (
    `${file} is encrypted with the key that has the fingerprint ${fingerprint}, and the one given has ` +
    `${fingerprintOf(given)}: give that key; ${whereKeysAre}`
  )
}

function notEncrypted(file: string): string {
  return `${file} is not encrypted, and a key was given: encrypt it with cairn encrypt, or take the key away; ${whereKeysAre}`
}
