import { expect, test } from 'vitest'
import { endOf, partShown } from './pages.ts'

test('a page ends at its length, at the end of the text, or after the character that it would cut', () => {
  expect(endOf('abcdef', 3)).toBe(3)
  expect(endOf('abc', 10)).toBe(3)
  expect(endOf('a👩b', 2)).toBe(3)
})

test('how much is shown is said only where it is not all', () => {
  expect(partShown('x'.repeat(1_048_576), 20_000)).toBe('20,000 of 1,048,576 characters')
  expect(partShown('abc', 3)).toBeUndefined()
})
