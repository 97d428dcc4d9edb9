import { expect, test } from 'vitest'
import { cutLine } from './cut-line.ts'

const parts = [
  { text: 'abc', changed: false },
  { text: 'defg', changed: true },
  { text: 'hi', changed: false },
]

test('a line that is short enough is whole', () => {
  expect(cutLine(parts, 9)).toEqual({ parts, rest: 0 })
})

test('of a longer one comes its beginning, and how much there is beyond it', () => {
  expect(cutLine(parts, 5)).toEqual({ parts: [parts[0], { text: 'de', changed: true }], rest: 4 })
  expect(cutLine(parts, 3)).toEqual({ parts: [parts[0]], rest: 6 })
})
