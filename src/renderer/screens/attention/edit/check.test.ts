import { expect, test } from 'vitest'
import { z } from 'zod'
import { JsonSchema } from '../../../../model/json.ts'
import { misfitsOf, withValue } from './check.ts'

const quote = JsonSchema.parse(z.toJSONSchema(z.object({ lines: z.array(z.object({ item: z.string(), cents: z.int().min(0) })), total: z.int() })))

test('a value that fits has no misfit', () => {
  expect(misfitsOf(quote, { lines: [], total: 1 }, ['lines'], [{ item: 'x', cents: 1 }])).toEqual([])
})

test('each misfit is named where it is, below the edited value', () => {
  const misfits = misfitsOf(quote, { lines: [], total: 1 }, ['lines'], [{ item: 'x', cents: -1 }, { item: 2, cents: 1 }])
  expect(misfits.map(({ at }) => at)).toEqual(['0.cents', '1.item'])
})

test('what is wrong beside the edit is not held against it', () => {
  expect(misfitsOf(quote, { lines: [], total: 'many' }, ['lines'], [])).toEqual([])
})

test('without a schema everything fits; without a path the value is the output', () => {
  expect(misfitsOf(null, null, [], 1)).toEqual([])
  expect(misfitsOf(quote, null, [], 1)).not.toEqual([])
})

test('a value is put at its path, in lists too, and nothing else changes', () => {
  expect(withValue({ a: [{ b: 1 }, { b: 2 }], c: 3 }, ['a', '1', 'b'], 9)).toEqual({ a: [{ b: 1 }, { b: 9 }], c: 3 })
})
