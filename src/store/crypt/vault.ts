/**
 * What encrypts and decrypts for one connection of an encrypted store.
 *
 * Invariants:
 * 1. A key that is at hand is the one that is stored: where a transaction is undone, none is at hand any more, and where
 *    something does not open, its key is read again.
 * 2. Nothing that was not sealed is taken for what was: in an encrypted store there is no plain text.
 */
import type Database from 'better-sqlite3'
import { pack, unpack } from '../format/packing.ts'
import { type DataKey, keyOfCell, nonceBytes, openCell, type PlaceKey, sealCell } from './cell.ts'
import { type Crypt, ofWorkspace } from './crypt.ts'
import { type Bytes, dataKeys } from './keyring.ts'
import type { WorkspaceKey } from './workspace-key.ts'

/** Data keys at hand: more than runs change, or are shown, within a moment of each other. */
const mostKeys = 1_024
/** Nonces that are drawn at once. */
const stock = 256

export class Vault implements Crypt {
  readonly isOn = true
  readonly #keys
  readonly #bytes: Bytes
  readonly #atHand = new Map<number, DataKey>()
  #nonces: Uint8Array = new Uint8Array()
  #used = 0

  /** `bytes` are random. @throws CorruptionFound where not even the workspace's own data key can be unwrapped */
  constructor(db: Database.Database, key: WorkspaceKey, bytes: Bytes) {
    this.#keys = dataKeys(db, key)
    this.#bytes = bytes
    this.#key(ofWorkspace)
  }

  /** Makes the key of a lineage that begins, within the transaction that writes it. */
  begin(lineage: number): void {
    this.#put(this.#keys.make(lineage, this.#bytes))
  }

  /** Whether the key of a lineage can be unwrapped as it stands there. @throws CorruptionFound */
  assertWhole(lineage: number): void {
    this.#keys.get(lineage)
  }

  sealText(of: number, table: string, key: PlaceKey, text: string): string {
    return this.sealBytes(of, table, key, pack(Buffer.from(text))).toString('base64')
  }

  openText(table: string, key: PlaceKey, stored: string): string | undefined {
    const bytes = unpack(this.openBytes(table, key, Buffer.from(stored, 'base64')))
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
  }

  sealBytes(of: number, table: string, key: PlaceKey, bytes: Uint8Array): Buffer {
    return sealCell(this.#key(of), table, key, this.#nonce(), bytes)
  }

  openBytes(table: string, key: PlaceKey, stored: unknown): Buffer | undefined {
    if (!(stored instanceof Buffer)) return undefined
    const number = keyOfCell(stored)
    if (number === undefined || !this.#has(number)) return undefined
    const opened = openCell(this.#key(number), table, key, stored)
    if (opened !== undefined) return opened
    this.#atHand.delete(number)
    return openCell(this.#key(number), table, key, stored)
  }

  mark(): () => void {
    return () => this.#atHand.clear()
  }

  #has(number: number): boolean {
    return this.#atHand.has(number) || this.#keys.has(number)
  }

  #key(number: number): DataKey {
    return this.#atHand.get(number) ?? this.#put(this.#keys.get(number))
  }

  #put(key: DataKey): DataKey {
    if (this.#atHand.size === mostKeys) this.#atHand.clear()
    this.#atHand.set(key.number, key)
    return key
  }

  #nonce(): Uint8Array {
    if (this.#used === this.#nonces.length) [this.#nonces, this.#used] = [this.#bytes(nonceBytes * stock), 0]
    this.#used += nonceBytes
    return this.#nonces.subarray(this.#used - nonceBytes, this.#used)
  }
}
