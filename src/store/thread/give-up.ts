import { GivenUp } from '../../model/storage-errors.ts'

/** A word that reaches a thread in the middle of its work, when no message would: both ends look at the same memory. */
export class GiveUp {
  readonly shared: SharedArrayBuffer
  readonly #told: Int32Array

  /** The other end makes its own over what the first one shares. */
  constructor(shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared
    this.#told = new Int32Array(shared)
  }

  tell(): void {
    Atomics.store(this.#told, 0, 1)
  }

  /** What takes long calls it between two of its steps. @throws GivenUp */
  readonly look = (): void => {
    if (Atomics.load(this.#told, 0) === 1) throw new GivenUp('the store is being closed: ask again when it is open')
  }
}
