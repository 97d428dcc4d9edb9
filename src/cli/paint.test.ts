import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aligned, painter, plain } from './paint.ts'

test('other people’s text can do nothing to the terminal, and keeps its words', () => {
  expect(plain('a\u001b[31mb\u001b[2J\u0007c\u202ed\r\ne\tf')).toBe('abcd\ne\tf')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = plain(text)
      expect(shown).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u)
      expect(plain(shown)).toBe(shown)
    }),
  )
})

test('columns stand under each other, whatever their colour', () => {
  const paint = painter(true)
  const [first = '', second = ''] = aligned([
    [paint('success', 'ab'), 'c'],
    ['a', 'd'],
  ])
  expect(plain(first)).toBe('ab  c')
  expect(second).toBe('a   d')
  expect(first).toContain('\u001b[32m')
})

test('without colour nothing but the text is written', () => {
  expect(painter(false)('failure', 'text')).toBe('text')
})
