/**
 * The reader's thread as the engine's thread sees it.
 *
 * Invariants:
 * 1. Every request is answered or rejected: where the thread ends, all that wait are rejected, and the next request
 *    starts another thread.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Queries } from '../../engine/queries.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import type { Verification } from '../verify/verify-store.ts'
import { type Answers, type Given, type Method, type Reply, toError } from './protocol.ts'

interface Waiting {
  readonly settle: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

export class Reader implements Queries {
  readonly #entry: string | URL
  readonly #workspace: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #asked = 0
  #closed = false

  /** `entry` is the module that the thread runs: `thread.ts`, or what it was bundled into. */
  constructor(entry: string | URL, workspace: string) {
    this.#entry = entry
    this.#workspace = workspace
  }

  readonly runs: Queries['runs'] = (filter) => this.#ask('runs', filter)
  readonly run: Queries['run'] = (run) => this.#ask('run', run)
  readonly checkpoints: Queries['checkpoints'] = (run, after, limit) => this.#ask('checkpoints', run, after, limit)
  readonly state: Queries['state'] = (run, checkpoint) => this.#ask('state', run, checkpoint)
  readonly journal: Queries['journal'] = (after, limit, run) => this.#ask('journal', after, limit, run)
  readonly signals: Queries['signals'] = (run, limit) => this.#ask('signals', run, limit)
  readonly decisions: Queries['decisions'] = (run) => this.#ask('decisions', run)
  readonly value: Queries['value'] = (run, address) => this.#ask('value', run, address)

  verify(): Promise<Verification> {
    return this.#ask('verify')
  }

  /** Has the thread copy the WAL into the file. */
  relieve(): Promise<void> {
    return this.#ask('relieve')
  }

  /** Answers what was asked, then ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker
    const isOver = this.#closed || worker === undefined
    const ended = isOver ? undefined : Promise.all([this.#ask('close'), once(worker, 'exit')])
    this.#closed = true
    await ended
  }

  #ask<M extends Method>(method: M, ...given: Given[M]): Promise<Answers[M]> {
    if (this.#closed) return Promise.reject(new StorageFailed('the store is closed: open it again'))
    const worker = (this.#worker ??= this.#start())
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      const settle = (reply: Reply): void => {
        if (answers(reply, method)) resolve(reply.answer)
        else if ('failure' in reply) reject(toError(reply.failure))
      }
      this.#waiting.set(id, { settle, reject })
      worker.postMessage({ id, method, given }, [])
    })
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#workspace, name: 'cairn-reader' })
    worker.on('message', (reply: Reply) => {
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
        reject(new StorageFailed(`the reader stopped (${String(cause)}): ask again`, { cause }))
      }
      this.#waiting.clear()
    })
    return worker
  }
}

function answers<M extends Method>(reply: Reply, method: M): reply is Reply & { readonly answer: Answers[M] } {
  return 'answer' in reply && reply.method === method
}
