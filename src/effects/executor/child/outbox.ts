import type { ExecutorMessage } from '../protocol.ts'
import type { Channel } from './channel.ts'

/** Gathers what follows from one event, the tasks that came together for one, and sends it as one text. */
export class Outbox {
  readonly #channel: Channel
  #batch: ExecutorMessage[] = []

  constructor(channel: Channel) {
    this.#channel = channel
  }

  post(message: ExecutorMessage): void {
    if (this.#batch.push(message) === 1) process.nextTick(() => this.flush())
  }

  /** Sends at once what is waiting; `sent` is called when it is out. */
  flush(sent: () => void = () => undefined): void {
    const batch = this.#batch
    this.#batch = []
    if (batch.length === 0) sent()
    else this.#channel.send(JSON.stringify(batch), sent)
  }
}
