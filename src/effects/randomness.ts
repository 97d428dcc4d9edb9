import { randomBytes } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Randomness } from '../engine/ports.ts'

/** Bytes of a fraction. */
const width = 6
/** The operating system is asked for so many bytes at once: an id takes 96 of them, a salt 32. */
const stock = 256 * width

/** Randomness of the operating system. Its ULIDs ascend, within one millisecond and when the clock is set back too. */
export function systemRandomness(): Randomness {
  let drawn = Buffer.alloc(0)
  let used = 0
  /** Where so many bytes stand that nobody was given yet. */
  const draw = (count: number): number => {
    if (used + count > drawn.length) [drawn, used] = [randomBytes(stock), 0]
    used += count
    return used - count
  }
  const fraction = (): number => {
    const at = draw(width)
    return drawn.readUIntBE(at, width) / 2 ** (8 * width)
  }
  const bytes = (count: number): Uint8Array => {
    if (count > stock) return randomBytes(count)
    const at = draw(count)
    return new Uint8Array(drawn.subarray(at, at + count))
  }
  const next = monotonicFactory(fraction)
  return { fraction, bytes, ulid: (now) => next(now) }
}
