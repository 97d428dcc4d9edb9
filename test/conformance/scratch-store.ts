import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import { bundledThreads } from './bundled-threads.ts'
import { ManualClock } from './manual-clock.ts'
import { openStore, type Store, type StoreOptions } from '../../src/store/open-store.ts'
import { storePaths } from '../../src/store/paths.ts'
import { openReads, type Reads } from '../../src/store/reader/reads.ts'

/** A workspace of its own on the disk, with a store that can be closed and opened again. */
export class ScratchStore {
  readonly workspace = mkdtempSync(join(tmpdir(), 'cairn-store-'))
  readonly clock = new ManualClock()
  readonly troubles: string[] = []
  #store: Store | undefined

  async open(options: Partial<StoreOptions> = {}): Promise<Store> {
    await this.#store?.close()
    this.#store = await openStore({
      workspace: this.workspace,
      defer: setImmediate,
      clock: this.clock,
      elapsed: () => performance.now(),
      randomness: { bytes: (count) => randomBytes(count) },
      troubled: (what, error) => this.troubles.push(`${what}: ${String(error)}`),
      ...bundledThreads(),
      ...options,
    })
    return this.#store
  }

  /** The store, opened where it is not. */
  async here(): Promise<Store> {
    return this.#store ?? (await this.open())
  }

  /** Holds the file against every other writer. */
  lock(): { release(): void } {
    const db = new Database(storePaths(this.workspace).store)
    db.exec('BEGIN IMMEDIATE')
    return { release: () => db.close() }
  }

  /** Changes rows of the file behind the store's back, each statement some. */
  damage(...statements: string[]): void {
    const db = new Database(storePaths(this.workspace).store)
    for (const sql of statements) if (db.prepare(sql).run().changes === 0) throw new Error(`nothing was damaged by ${sql}`)
    db.close()
  }

  /** Reads the file as it lies, without the store. */
  reading<T>(read: (reads: Reads) => T): T {
    const reads = openReads(this.workspace)
    try {
      return read(reads)
    } finally {
      reads.close()
    }
  }

  /** Closes the store and leaves its files. */
  async shut(): Promise<void> {
    await this.#store?.close()
    this.#store = undefined
  }

  async remove(): Promise<void> {
    await this.shut()
    rmSync(this.workspace, { recursive: true, force: true })
  }
}
