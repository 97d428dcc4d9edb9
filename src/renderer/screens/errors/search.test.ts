import { expect, test } from 'vitest'
import { askedOf, ErrorsSearch, isFiltered } from './search.ts'

test('what an address says that is none of it is left out', () => {
  const search = ErrorsSearch.parse({ within: '1y', class: 'timeout', workflow: 'no name!', outcome: 'failed', group: 'a|b' })
  expect(search).toEqual({ class: 'timeout', outcome: 'failed', group: 'a|b' })
  expect(askedOf(search)).toEqual({ within: '24h', class: 'timeout', workflow: undefined, outcome: 'failed' })
})

test('a time alone is no filter', () => {
  expect(isFiltered(askedOf({ within: '7d' }))).toBe(false)
  expect(isFiltered(askedOf({ outcome: 'waiting' }))).toBe(true)
})
