import fc from 'fast-check'
import { expect, test } from 'vitest'
import { described, partsOf, placesOf, quoted, spelled } from './unseen.ts'

test('what turns, hides or parts a text is named where it stands', () => {
  expect(spelled('pay\u202Egnp.exe')).toBe('pay‹U+202E›gnp.exe')
  expect(spelled('a\u2066b\u2069c\u200Ed\u200Fe\u061Cf')).toBe('a‹U+2066›b‹U+2069›c‹U+200E›d‹U+200F›e‹U+061C›f')
  expect(spelled('in\u200Bvoice\u00AD@\uFEFFbank\u2060.example')).toBe('in‹U+200B›voice‹U+00AD›@‹U+FEFF›bank‹U+2060›.example')
  expect(spelled('\u0000\u0007\u001B[31m\u007F\u0085\u2028\u2800\u3164')).toBe('‹U+0000›‹U+0007›‹U+001B›[31m‹U+007F›‹U+0085›‹U+2028›‹U+2800›‹U+3164›')
  expect(spelled('all well\u{E0041}\u{E0042}')).toBe('all well‹U+E0041›‹U+E0042›')
  expect(spelled(`x${'\u200B'.repeat(900)}y`)).toBe('x‹U+200B ×900›y')
  expect(spelled('half \uD83D of it')).toBe('half ‹U+D83D› of it')
})

test.each([
  ['a family and a flag', 'рад 👨‍👩‍👧‍👦 ❤️‍🔥 👩🏽‍💻 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ☎︎'],
  ['Persian with its joiners', 'می‌خواهم کتاب‌ها'],
  ['Hindi and Sinhala with theirs', 'क्‍ष ක්‍ෂ'],
  ['Hebrew and Arabic', 'שלום עולם, مرحبا بالعالم 123'],
  ['a Han character of a chosen shape', '葛󠄀'],
  ['lines and tabs', 'one\n\ttwo\r\nthree'],
])('%s is read as it stands', (_, text) => {
  expect(spelled(text)).toBe(text)
})

test('a joiner that joins nothing, or a selector too many, is named', () => {
  expect(spelled('ad\u200Dmin')).toBe('ad‹U+200D›min')
  expect(spelled('می‌ admin\u200C')).toBe('می‹U+200C› admin‹U+200C›')
  expect(spelled('👍\uFE0F\uFE0F\u{E0100}')).toBe('👍\uFE0F‹U+FE0F›‹U+E0100›')
  expect(spelled('🏴\u{E0067}\u{E007F}')).toBe('🏴‹U+E0067›‹U+E007F›')
})

const anything = fc.string({ unit: fc.constantFrom('a', '\n', '\u202E', '\u200D', '\u200B', '👩', '\u{E0041}', 'م', '\uFE0F', '\r', '\uD800') })

test('the text can be read off its parts, and what is spelled has nothing unseen left', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const parts = partsOf(text)
      expect(parts.map((part) => (part.kind === 'plain' ? part.text : String.fromCodePoint(part.code).repeat(part.count))).join('')).toBe(text)
      for (const { part, offset } of placesOf(text)) expect(text.codePointAt(offset)).toBe(part.code)
    }),
  )
})

test('a place is told as an editor counts', () => {
  const [place] = placesOf('one\ntwo \u202Ethree')
  expect(place).toMatchObject({ line: 2, column: 5, offset: 8 })
  expect(place && described(place.part)).toBe('right-to-left override, U+202E')
})

test('what is quoted cannot move what stands beside it', () => {
  expect(quoted('a\u2069b')).toBe('\u2068a‹U+2069›b\u2069')
})
