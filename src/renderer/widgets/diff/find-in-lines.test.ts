import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findInLines, piecesOf } from './find-in-lines.ts'

const line = (kind: 'same' | 'added' | 'removed' | 'folded', ...texts: readonly string[]) => ({
  kind,
  parts: texts.map((text, index) => ({ text, changed: index % 2 === 1 })),
})

test('a text is found on both sides, across what changed in a line, and in no fold', () => {
  const lines = [line('removed', 'We ship on ', 'Mon', 'day'), line('folded', '… 4 unchanged days'), line('added', 'We ship on ', 'Satur', 'DAY, or any day')]
  expect(findInLines(lines, 'day')).toEqual([
    { line: 0, start: 14, end: 17 },
    { line: 2, start: 16, end: 19 },
    { line: 2, start: 28, end: 31 },
  ])
  expect(findInLines(lines, 'Monday')).toEqual([{ line: 0, start: 11, end: 17 }])
  expect(findInLines(lines, '')).toEqual([])
  expect(findInLines(lines, 'day', 2)).toHaveLength(2)
})

test('what is sought is no pattern, and what grows with its capitals is found where it stands', () => {
  expect(findInLines([line('same', 'a.b aXb')], 'A.B')).toEqual([{ line: 0, start: 0, end: 3 }])
  expect(findInLines([line('same', 'İİ day')], 'day')).toEqual([{ line: 0, start: 3, end: 6 }])
})

test('cut at its hits, a line says what it said, and the hits say what was sought', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'B') }), { maxLength: 6 })
  fc.assert(
    fc.property(texts, fc.constantFrom('a', 'ab', 'bb', 'bab'), (parts, sought) => {
      const { parts: whole } = line('added', ...parts)
      const hits = findInLines([line('added', ...parts)], sought)
      const pieces = piecesOf(whole, hits)
      const spans = (of: readonly { text: string; changed: boolean }[]) => of.flatMap(({ text, changed }) => Array.from(text, (each) => ({ each, changed })))
      expect(spans(pieces)).toEqual(spans(whole))
      for (const hit of hits) {
        const text = pieces.flatMap((piece) => (piece.hit === hit ? piece.text : [])).join('')
        expect(text.toLowerCase()).toBe(sought)
      }
    }),
  )
})
