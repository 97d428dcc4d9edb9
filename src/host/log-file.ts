import { mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { pino } from 'pino'
import type { Failure } from '../model/failure.ts'

/** So many octets wait for a disk that is full; what is logged beyond is left out. */
const mostWaiting = 4_000_000

/**
 * The file of a host's log. That it cannot be opened, or written, is told, and ends nothing: what cannot be written waits for what
 * follows it, and for room.
 */
export class LogFile {
  readonly #path: string
  #file: ReturnType<typeof pino.destination> | undefined
  #trouble: Failure | null = null

  constructor(path: string) {
    this.#path = path
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      // Opened here, since one that a stream opens for itself cannot be written, nor closed, until it is.
      const file = pino.destination({ dest: openSync(path, 'a', 0o600), sync: false, maxLength: mostWaiting })
      file.on('error', (error: unknown) => this.#failed(error))
      // What is dropped tries nothing by itself, though there may be room again.
      file.on('drop', () => file.write(''))
      file.on('write', () => {
        this.#trouble = null
      })
      this.#file = file
    } catch (error) {
      this.#failed(error)
    }
  }

  /** Why it cannot be written; null where it can, as far as it was tried. */
  get trouble(): Failure | null {
    return this.#trouble
  }

  /** What comes once it is closed is left out. */
  write(line: string): void {
    this.#file?.write(line)
  }

  /** Resolves once what was written stands there, or cannot. */
  close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    if (file === undefined) return Promise.resolve()
    return new Promise((resolve) => {
      file.once('close', resolve)
      file.once('error', () => {
        // What waits still would be tried again for ever as the process exits.
        file.destroy()
        resolve()
      })
      file.end()
    })
  }

  #failed(error: unknown): void {
    this.#trouble = {
      class: 'resource',
      name: 'LogNotWritten',
      message: `${this.#path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      wayOut: 'see that this user may write it and its folder, and that its disk has room, or move it away; what runs went through is in the journal all the same',
    }
  }
}
