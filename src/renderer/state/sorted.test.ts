import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstPlace, numbered, placeUpTo } from './sorted.ts'

const lists = fc.uniqueArray(fc.nat(40)).map((numbers) => numbers.toSorted((one, other) => one - other).map((number) => ({ number })))

test('what is found by halves is what is found by looking at each', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: -1, max: 41 }), (items, number) => {
      const first = items.findIndex((item) => item.number >= number)
      expect(firstPlace(items, (item) => item.number >= number)).toBe(first < 0 ? items.length : first)
      expect(placeUpTo(items, number)).toBe(items.findLastIndex((item) => item.number <= number))
      expect(numbered(items, number)).toBe(items.find((item) => item.number === number))
    }),
  )
})

test('no number is nowhere', () => expect(numbered([{ number: 0 }], undefined)).toBeUndefined())
