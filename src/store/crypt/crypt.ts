import type { PlaceKey } from './cell.ts'

/**
 * Encrypts what a connection writes and decrypts what it reads, where its store is encrypted. What is sealed is bound to where
 * it stands: a table and a key in it. `of` is the number of a lineage, or `ofWorkspace`: of whose key is taken.
 */
export interface Crypt {
  readonly isOn: boolean
  sealText(of: number, table: string, key: PlaceKey, text: string): string
  /** Undefined where it is not what was sealed for that place. */
  openText(table: string, key: PlaceKey, stored: string): string | undefined
  sealBytes(of: number, table: string, key: PlaceKey, bytes: Uint8Array): Uint8Array
  /** Undefined where it is not what was sealed for that place. */
  openBytes(table: string, key: PlaceKey, stored: unknown): Uint8Array | undefined
}

/** The number of the key for what belongs to no lineage: entries of the host, revisions, and files beside the store. */
export const ofWorkspace = 0

/** Of a store that is not encrypted. */
export const plain: Crypt = {
  isOn: false,
  sealText: (_of, _table, _key, text) => text,
  openText: (_table, _key, stored) => stored,
  sealBytes: (_of, _table, _key, bytes) => bytes,
  openBytes: (_table, _key, stored) => (stored instanceof Uint8Array ? stored : undefined),
}
