/** A store's file in memory: damaged a thousand times without a disk, and looked at like any other. */
import Database from 'better-sqlite3'
import type { Finding } from '../../../src/model/integrity.ts'
import { CorruptionFound } from '../../../src/model/storage-errors.ts'
import { unlock } from '../../../src/store/crypt/unlock.ts'
import type { WorkspaceKey } from '../../../src/store/crypt/workspace-key.ts'
import { verifyStore } from '../../../src/store/verify/verify-store.ts'
import { judge, type Known, type Verdict } from './judge.ts'
import { everySaying, runsOf } from './saying.ts'

/** Where the header says that the file has a WAL beside it, which one in memory has not. */
const [readVersion, writeVersion] = [18, 19]
const withoutWal = 1

/** A store's file as it can be opened in memory. */
export function inMemory(file: Buffer): Buffer {
  const bytes = Buffer.from(file)
  bytes[readVersion] = withoutWal
  bytes[writeVersion] = withoutWal
  return bytes
}

export class Image {
  readonly bytes: Buffer
  readonly #anchor: string
  readonly #key: WorkspaceKey | null
  readonly #known: Known

  /** `key` is what the store is encrypted with. */
  constructor(file: Buffer, anchor: string, key: WorkspaceKey | null = null) {
    this.#key = key
    this.bytes = inMemory(file)
    this.#anchor = anchor
    const saying = this.#opened(this.bytes, everySaying)
    this.#known = { saying, runs: runsOf(saying) }
  }

  /** How the verification does with these bytes. @throws Error that says how it is wrong */
  judged(bytes: Buffer): Verdict {
    return judge(this.#known, this.#saying(bytes), this.findings(bytes))
  }

  findings(bytes: Buffer): readonly Finding[] {
    try {
      return this.#opened(bytes, (db) => {
        unlock(db, this.#key)
        return verifyStore(db, this.#anchor).findings
      })
    } catch (error) {
      if (error instanceof CorruptionFound) return [{ ...error, run: null, nearest: null }]
      return [{ object: 'file', key: 'in memory', detail: String(error), run: null, nearest: null }]
    }
  }

  #saying(bytes: Buffer) {
    try {
      return this.#opened(bytes, everySaying)
    } catch {
      return undefined
    }
  }

  #opened<T>(bytes: Buffer, look: (db: Database.Database) => T): T {
    const db = new Database(bytes, { readonly: true })
    try {
      db.pragma('trusted_schema = OFF')
      db.pragma('cell_size_check = ON')
      return look(db)
    } finally {
      db.close()
    }
  }
}
