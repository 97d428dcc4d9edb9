import type { Reads } from '../reader/reads.ts'
import { AskedThread, type AskedThreadOptions } from '../thread/asked-thread.ts'
import type { Verification } from './verify-store.ts'

/** Walks the whole store in a thread that lives as long as that takes, so that nobody's question waits for it. */
export class Verifier {
  readonly #options: Omit<AskedThreadOptions, 'name'>
  #thread: AskedThread<Reads> | undefined
  #verifying: Promise<Verification> | undefined

  /** `entry` is the module of the reader's thread. */
  constructor(options: Omit<AskedThreadOptions, 'name'>) {
    this.#options = options
  }

  /** Whoever asks while it is under way is answered with the others. */
  verify(): Promise<Verification> {
    this.#verifying ??= this.#verify().finally(() => {
      this.#verifying = undefined
    })
    return this.#verifying
  }

  /** What is under way is given up, and rejects. */
  async close(): Promise<void> {
    await this.#thread?.abandon()
  }

  async #verify(): Promise<Verification> {
    const thread = new AskedThread<Reads>({ ...this.#options, name: 'verifier' })
    this.#thread = thread
    try {
      return await thread.ask('verify')
    } finally {
      await thread.close()
    }
  }
}
