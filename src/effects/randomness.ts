import { randomBytes } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Randomness } from '../engine/ports.ts'

/** Randomness of the operating system. Its ULIDs ascend, within one millisecond and when the clock is set back too. */
export function systemRandomness(): Randomness {
  const fraction = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48
  const next = monotonicFactory(fraction)
  return { fraction, bytes: (count) => randomBytes(count), ulid: (now) => next(now) }
}
