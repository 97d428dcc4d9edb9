import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DataKey, keyOfCell, openCell, sealCell } from './cell.ts'

const key = (number: number, fill = number): DataKey => ({ number, secret: createSecretKey(Buffer.alloc(32, fill)) })
const place = fc.record({
  number: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  table: fc.constantFrom('run', 'value', 'salt', 'journal'),
  at: fc.array(fc.oneof(fc.nat(9), fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 3 }),
})
const bytes = fc.uint8Array({ maxLength: 200 })
const nonce = Buffer.alloc(12, 3)

test('opens to what was sealed, and says by which key', () => {
  fc.assert(
    fc.property(place, bytes, ({ number, table, at }, given) => {
      const cell = sealCell(key(number), table, at, nonce, given)
      expect(keyOfCell(cell)).toBe(number)
      expect(openCell(key(number), table, at, cell)).toEqual(Buffer.from(given))
    }),
  )
})

test('any bit that is changed is found', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), (given, where) => {
      const cell = sealCell(key(1), 'run', [1], nonce, given)
      const bit = where % (8 * cell.length)
      cell[bit >> 3] = (cell[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const number = keyOfCell(cell)
      expect(number === undefined ? undefined : openCell(key(number, 1), 'run', [1], cell)).toBeUndefined()
    }),
  )
})

test('it opens nowhere else, and by no other key', () => {
  fc.assert(
    fc.property(place, place, bytes, (here, there, given) => {
      const name = ({ number, table, at }: typeof here): string => JSON.stringify([number, table, at.join('/')])
      fc.pre(name(here) !== name(there))
      const cell = sealCell(key(here.number, 1), here.table, here.at, nonce, given)
      expect(openCell(key(there.number, 1), there.table, there.at, cell)).toBeUndefined()
      expect(openCell(key(here.number, 2), here.table, here.at, cell)).toBeUndefined()
    }),
  )
})

test('what is too short to be one is none', () => {
  for (const length of [0, 1, 32]) expect(keyOfCell(Buffer.alloc(length, 1))).toBeUndefined()
})
