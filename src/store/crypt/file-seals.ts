import type Database from 'better-sqlite3'
import { cellOverhead } from './cell.ts'
import { ofWorkspace } from './crypt.ts'
import { cryptOf } from './unlock.ts'

const table = 'file'

/** Encrypts files that stand beside the store, by its workspace's data key, where the store is encrypted. */
export function fileSeals(db: Database.Database) {
  const crypt = cryptOf(db)
  return {
    /** Bytes that a sealed file has more than what it holds. */
    overhead: crypt.isOn ? cellOverhead : 0,
    seal: (name: string, bytes: Uint8Array): Uint8Array => crypt.sealBytes(ofWorkspace, table, [name], bytes),
    /** Undefined where it is not what was sealed under this name. */
    open: (name: string, bytes: Uint8Array): Uint8Array | undefined => crypt.openBytes(table, [name], bytes),
  }
}

export type FileSeals = ReturnType<typeof fileSeals>
