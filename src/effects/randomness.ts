import { randomBytes } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Randomness } from '../engine/ports.ts'

/** Bytes of a fraction. */
const width = 6
/** The operating system is asked for so many fractions at once: an id takes sixteen. */
const stock = 256

/** Randomness of the operating system. Its ULIDs ascend, within one millisecond and when the clock is set back too. */
export function systemRandomness(): Randomness {
  let drawn = Buffer.alloc(0)
  let used = 0
  const fraction = (): number => {
    if (used === drawn.length) [drawn, used] = [randomBytes(width * stock), 0]
    used += width
    return drawn.readUIntBE(used - width, width) / 2 ** (8 * width)
  }
  const next = monotonicFactory(fraction)
  return { fraction, bytes: (count) => randomBytes(count), ulid: (now) => next(now) }
}
