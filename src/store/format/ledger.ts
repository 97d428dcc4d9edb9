import { z } from 'zod'
import { Checksum } from '../../model/ids.ts'
import { fromHex, toHex } from './sha256.ts'

/**
 * What a run's own row keeps of all its other rows, so that one that vanished, or came back as it once was, is found:
 * a checksum by itself only says that a row is whole.
 */
export const Ledger = z.object({
  /** XOR of the checksums of its branch, step, attempt, decision, error and stub rows. */
  tally: Checksum,
  /** How many attempt rows; null where the run began before they were counted. */
  attempts: z.int().nonnegative().nullable().default(null),
  checkpoints: z.int().nonnegative(),
  keyframes: z.int().nonnegative(),
  /** Checksum of the newest checkpoint. */
  head: Checksum.nullable(),
  /** Bytes of deltas that may still come before they outweigh a keyframe. */
  budget: z.int(),
})
export type Ledger = z.infer<typeof Ledger>

export const emptyTally = Checksum.parse('0'.repeat(64))
export const emptyLedger: Ledger = { tally: emptyTally, attempts: 0, checkpoints: 0, keyframes: 0, head: null, budget: 0 }

const word = 4

/** A tally that is being added up: a checksum that is entered twice is out again, and the order does not matter. */
export class Tally {
  readonly #sum: Buffer

  constructor(from: Checksum = emptyTally) {
    this.#sum = fromHex(from)
  }

  get sum(): Checksum {
    return toHex(this.#sum)
  }

  /** Of many it takes less to add up numbers. */
  enterAll(checksums: Iterable<Checksum>): void {
    let sum = 0n
    for (const checksum of checksums) sum ^= BigInt(`0x${checksum}`)
    this.enter(fromHex(sum.toString(16).padStart(emptyTally.length, '0')))
  }

  enter(checksum: Buffer): void {
    for (let at = 0; at < this.#sum.length; at += word) {
      this.#sum.writeInt32LE(this.#sum.readInt32LE(at) ^ checksum.readInt32LE(at), at)
    }
  }
}
