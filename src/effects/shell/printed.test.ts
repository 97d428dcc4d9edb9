import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Printed } from './printed.ts'

function printing(...pieces: readonly string[]): { readonly printed: Printed; readonly lines: readonly string[] } {
  const lines: string[] = []
  const printed = new Printed((line) => lines.push(line))
  for (const piece of pieces) printed.push(piece)
  printed.end()
  return { printed, lines }
}

test('lines are the same however the text was cut on its way', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r') })
  fc.assert(
    fc.property(fc.array(text), (pieces) => {
      const { lines, printed } = printing(...pieces)
      expect(lines).toEqual(printing(pieces.join('')).lines)
      expect(printed.tail).toBe(pieces.join(''))
    }),
  )
})

test('a line is told as a terminal would show it', () => {
  expect(printing('\u001b[32mgreen\u001b[0m\r\n10 %\r50 %\rdone\n\nlast').lines).toEqual(['green', 'done', '', 'last'])
})

test('a line without an end is told in pieces', () => {
  const { lines } = printing('x'.repeat(10_000), 'x'.repeat(10_000))
  expect(lines.join('')).toHaveLength(20_000)
  expect(Math.max(...lines.map(({ length }) => length))).toBe(8_000)
})

test('of much the end is kept, and how much is not there is counted', () => {
  const { printed } = printing(...Array.from({ length: 40_000 }, (_, index) => `line ${index}\n`), ' \n')
  expect(printed.tail).toMatch(/^line \d+\nline (?:.|\n)*\nline 39999\n \n$/)
  expect(printed.tail.length).toBeGreaterThan(63_900)
  expect(printed.tail.length).toBeLessThanOrEqual(64_000)
  expect(printed.cut).toBe(Array.from({ length: 40_000 }, (_, index) => `line ${index}\n`).join('').length + 2 - printed.tail.length)
  expect(printed.lastLine).toBe('line 39999')
})
