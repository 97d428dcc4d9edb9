import type { Storage } from '../../../src/engine/ports.ts'
import { SampleRun } from '../samples.ts'

/** What each test is given: a storage that holds a revision and nothing else. */
export class Given {
  #storage: Storage | undefined

  begin(storage: Storage): void {
    this.#storage = storage
  }

  get storage(): Storage {
    if (this.#storage === undefined) throw new Error('no test has begun')
    return this.#storage
  }

  /** A run that is stored, and nothing has happened to. */
  async created(number = 1): Promise<SampleRun> {
    const run = new SampleRun(this.storage, number)
    await this.storage.commit(run.create())
    return run
  }
}
