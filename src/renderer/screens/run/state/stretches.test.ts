import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onAt, stretchesOf } from './stretches.ts'

const row = fc.record({ from: fc.option(fc.nat(50)), until: fc.option(fc.nat(60)) })

test('those that are on are the very ones that one finds by looking at each', () => {
  fc.assert(
    fc.property(fc.array(row), fc.nat(60), (rows, at) => {
      const stretches = stretchesOf(rows, ({ from, until }) => [from, until])
      const on = rows.filter(({ from, until }) => from !== null && from <= at && at < (until ?? Infinity))
      expect(onAt(stretches, at)).toEqual(on.toSorted((one, other) => (one.from ?? 0) - (other.from ?? 0)))
    }),
  )
})
