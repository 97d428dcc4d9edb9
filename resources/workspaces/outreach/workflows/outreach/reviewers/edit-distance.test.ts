import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, lettersApart } from './edit-distance.ts'

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['recieve', 'receive', 1],
  ['recieve', 'relieve', 1],
  ['seperate', 'separate', 1],
  ['friday', 'Friday', 1],
  ['kitten', 'sitting', 3],
])('%s to %s', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance)
})

const word = fc.stringMatching(/^[ab🦭]{0,6}$/u)

test('it is a distance: none to itself, the same both ways, at most the longer word', () => {
  fc.assert(
    fc.property(word, word, (from, to) => {
      expect(editDistance(from, from)).toBe(0)
      expect(editDistance(from, to)).toBe(editDistance(to, from))
      expect(editDistance(from, to)).toBeLessThanOrEqual(Math.max([...from].length, [...to].length))
    }),
  )
})

test('letters in another order are not apart', () => {
  expect(lettersApart('recieve', 'receive')).toBe(0)
  expect(lettersApart('recieve', 'relieve')).toBe(2)
})
