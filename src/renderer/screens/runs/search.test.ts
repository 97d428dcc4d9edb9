import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RunSort } from '../../../model/found-runs.ts'
import { askingOf, newestFirst, readSort, RunsSearch, sameAsking, searchOf, writeSort } from './search.ts'

const sort = fc.record({ by: fc.constantFrom(...RunSort.shape.by.options), descending: fc.boolean() })

test('what is asked for comes back out of the address', () => {
  fc.assert(
    fc.property(fc.record({ query: fc.string(), sort }), (asking) => {
      expect(sameAsking(askingOf(searchOf(asking, undefined)), asking)).toBe(true)
      expect(readSort(writeSort(asking.sort))).toEqual(asking.sort)
    }),
  )
})

test('what is usual is not in the address', () => {
  expect(searchOf({ query: '', sort: newestFirst }, undefined)).toEqual({})
})

test('an address that was written by hand is taken as far as it goes', () => {
  expect(RunsSearch.parse({ query: 17, sort: 'sideways', view: { no: 1 } })).toEqual({ query: '17', sort: 'sideways' })
  expect(readSort('sideways')).toEqual(newestFirst)
  expect(RunsSearch.parse({ query: 'x'.repeat(3_000) })).toEqual({})
})
