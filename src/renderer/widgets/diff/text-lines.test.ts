import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type TextLine, textLines } from './text-lines.ts'

const text = (line: TextLine): string => (line.kind === 'folded' ? '' : line.parts.map((part) => part.text).join(''))
const words = fc.array(
  fc.array(fc.constantFrom('one', 'two', 'three', 'four'), { minLength: 1 }).map((line) => line.join(' ')),
  { minLength: 1 },
)

test('either text can be read off the lines', () => {
  fc.assert(
    fc.property(words, words, (before, after) => {
      const lines = textLines(before.join('\n'), after.join('\n'), 1_000)
      expect(lines.filter(({ kind }) => kind !== 'added').map(text)).toEqual(before)
      expect(lines.filter(({ kind }) => kind !== 'removed').map(text)).toEqual(after)
    }),
  )
})

test('a line that changed names the words', () => {
  expect(textLines('We ship on Monday.', 'We ship on Friday.')).toEqual([
    {
      kind: 'removed',
      parts: [
        { text: 'We ship on ', changed: false },
        { text: 'Monday', changed: true },
        { text: '.', changed: false },
      ],
    },
    {
      kind: 'added',
      parts: [
        { text: 'We ship on ', changed: false },
        { text: 'Friday', changed: true },
        { text: '.', changed: false },
      ],
    },
  ])
})

test('lines far from any change are folded, a single one is not', () => {
  const before = Array.from({ length: 12 }, (_, line) => `line ${line}`)
  const lines = textLines(before.join('\n'), before.with(6, 'else').join('\n'), 1)
  expect(lines.map(({ kind }) => kind)).toEqual(['folded', 'same', 'removed', 'added', 'same', 'folded'])
  expect(lines[0]).toEqual({ kind: 'folded', lines: 5 })
  expect(textLines('a\nb', 'a\nc', 0).map(({ kind }) => kind)).toEqual(['same', 'removed', 'added'])
})
