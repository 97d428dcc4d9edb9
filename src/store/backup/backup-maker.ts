/** Backups of a store that is open, made in a thread of their own, one at a time: neither commits nor questions wait. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Backup, BackupProgress } from '../../model/backup.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import type { WorkspaceKey } from '../crypt/workspace-key.ts'
import { GiveUp } from '../thread/give-up.ts'
import { toError } from '../thread/protocol.ts'
import type { BackupTask, BackupWord } from './backup-task.ts'

export interface BackupMakerOptions {
  /** The module that the thread runs, or what that was bundled into. */
  readonly entry: string | URL
  readonly workspace: string
  readonly key?: WorkspaceKey | null
}

export class BackupMaker {
  readonly #options: BackupMakerOptions
  readonly #giveUp = new GiveUp()
  #making: Promise<Backup> | undefined
  #closed = false

  constructor(options: BackupMakerOptions) {
    this.#options = options
  }

  /**
   * Makes a backup under a name that it replaces once the new one is verified.
   * @throws StorageFailed, CorruptionFound; GivenUp where the store is closed meanwhile
   */
  make(file: string, told: (progress: BackupProgress) => void): Promise<Backup> {
    if (this.#closed) return Promise.reject(new StorageFailed('the store is closed: open it again'))
    if (this.#making !== undefined) {
      return Promise.reject(new StorageFailed('a backup is being made already: wait until that one has ended'))
    }
    this.#making = this.#make(file, told).finally(() => {
      this.#making = undefined
    })
    return this.#making
  }

  /** What is under way is given up. */
  async close(): Promise<void> {
    this.#closed = true
    this.#giveUp.tell()
    await this.#making?.catch(() => undefined)
  }

  async #make(file: string, told: (progress: BackupProgress) => void): Promise<Backup> {
    const { entry, workspace, key = null } = this.#options
    const workerData: BackupTask = { workspace, file, key, giveUp: this.#giveUp.shared }
    const worker = new Worker(entry, { workerData, name: 'cairn-backup' })
    const { promise, resolve, reject } = Promise.withResolvers<Backup>()
    worker.on('message', (word: BackupWord) => {
      if (word.type === 'made') resolve(word.backup)
      else if (word.type === 'failed') reject(toError(word.failure))
      else told(word)
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new StorageFailed('the backup stopped before it was made: make it again')))
    try {
      return await promise
    } finally {
      if (worker.threadId !== -1) await once(worker, 'exit')
    }
  }
}
