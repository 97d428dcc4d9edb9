import fc from 'fast-check'
import { decodeTime } from 'ulid'
import { describe, expect, it } from 'vitest'
import { RunId } from '../model/ids.ts'
import { systemRandomness } from './randomness.ts'

describe('the system randomness', () => {
  it('gives fractions from 0 up to 1 that are not all the same', () => {
    const { fraction } = systemRandomness()
    const fractions = Array.from({ length: 1_000 }, fraction)
    expect(fractions.every((value) => value >= 0 && value < 1)).toBe(true)
    expect(new Set(fractions).size).toBeGreaterThan(990)
  })

  it('gives as many bytes as asked for', () => {
    fc.assert(fc.property(fc.nat(1_000), (count) => systemRandomness().bytes(count).length === count))
  })

  it('gives ULIDs that ascend whatever the clock does', () => {
    const instant = fc.integer({ min: 1, max: 2 ** 48 - 1 })
    fc.assert(
      fc.property(fc.array(instant, { minLength: 2 }), (instants) => {
        const { ulid } = systemRandomness()
        const ids = instants.map((now) => RunId.parse(ulid(now)))
        expect(ids).toEqual([...new Set(ids)].toSorted())
      }),
    )
  })

  it('puts the given time into them', () => {
    expect(decodeTime(systemRandomness().ulid(1_700_000_000_123))).toBe(1_700_000_000_123)
  })
})
