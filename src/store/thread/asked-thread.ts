/**
 * A thread that answers questions, as the engine's thread sees it.
 *
 * Invariants:
 * 1. Every request is answered or rejected: where the thread ends, all that wait are rejected, and the next request
 *    starts another thread.
 * 2. A thread is never ended from outside, only asked to end: one that is stopped in the middle of SQLite's native code
 *    may take the process with it.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { StorageFailed } from '../../model/storage-errors.ts'
import type { WorkspaceKey } from '../crypt/workspace-key.ts'
import { GiveUp } from './give-up.ts'
import { type Answered, type Methods, type Reply, type Request, toError } from './protocol.ts'
import type { ThreadData } from './thread-data.ts'

/**
 * MB that a thread's heap has for what is new. V8 itself lets that grow to many times as much, and holds the memory for good;
 * what reads and answers leaves little that lasts, so that it costs no more to clear it away as it comes.
 */
const young = 12

interface Waiting<M extends Methods<M>> {
  readonly settle: (reply: Reply<M>) => void
  readonly reject: (error: Error) => void
}

export interface AskedThreadOptions {
  /** What it is called in an error, and in a list of threads. */
  readonly name: string
  /** The module that the thread runs, or what that was bundled into. */
  readonly entry: string | URL
  readonly workspace: string
  /** Where the index is kept, where that is not beside the store. */
  readonly index?: string
  /** What the store is opened with; null where it is not encrypted. */
  readonly key?: WorkspaceKey | null
}

export class AskedThread<M extends Methods<M>> {
  readonly #options: AskedThreadOptions
  readonly #waiting = new Map<number, Waiting<M>>()
  readonly #giveUp = new GiveUp()
  #worker: Worker | undefined
  #asked = 0
  #closed = false

  /** The thread starts with the first request. */
  constructor(options: AskedThreadOptions) {
    this.#options = options
  }

  ask<K extends keyof M>(method: K, ...given: Parameters<M[K]>): Promise<ReturnType<M[K]>> {
    return this.#send(method, given)
  }

  /** Answers what was asked, then ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker
    const isOver = this.#closed || worker === undefined
    const ended = isOver ? undefined : Promise.all([this.#send('close', []), once(worker, 'exit')])
    this.#closed = true
    await ended
  }

  /** Ends the thread as soon as it looks up from its work; what is under way there rejects with `GivenUp`. */
  async abandon(): Promise<void> {
    this.#giveUp.tell()
    await this.close()
  }

  #send<K extends keyof M>(method: K, given: readonly unknown[]): Promise<ReturnType<M[K]>> {
    if (this.#closed) return Promise.reject(new StorageFailed('the store is closed: open it again'))
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= this.#start())
      const settle = (reply: Reply<M>): void => {
        if (answers(reply, method)) resolve(reply.answer)
        else if ('failure' in reply) reject(toError(reply.failure))
      }
      this.#waiting.set(id, { settle, reject })
      worker.postMessage({ id, method, given } satisfies Request<M>, [])
    })
  }

  #start(): Worker {
    const { name, entry, workspace, index, key = null } = this.#options
    const workerData: ThreadData = { workspace, key, giveUp: this.#giveUp.shared, ...(index !== undefined && { index }) }
    const worker = threadOf(name, () => new Worker(entry, { workerData, name: `cairn-${name}`, resourceLimits: { maxYoungGenerationSizeMb: young } }))
    worker.on('message', (reply: Reply<M>) => {
      const waiting = this.#waiting.get(reply.id)
      this.#waiting.delete(reply.id)
      waiting?.settle(reply)
    })
    let cause: unknown = 'its thread ended'
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => {
      this.#worker = undefined
      for (const { reject } of this.#waiting.values()) {
        reject(new StorageFailed(`the ${name} stopped (${String(cause)}): ask again`, { cause }))
      }
      this.#waiting.clear()
    })
    return worker
  }
}

/** @throws StorageFailed where the system has no room for another thread */
function threadOf(name: string, start: () => Worker): Worker {
  try {
    return start()
  } catch (cause) {
    throw new StorageFailed(`the ${name} could not be started (${String(cause)}): ask again`, { cause })
  }
}

function answers<M extends Methods<M>, K extends keyof M>(
  reply: Reply<M>,
  method: K,
): reply is Answered<M> & { readonly answer: ReturnType<M[K]> } {
  return 'answer' in reply && reply.method === method
}
