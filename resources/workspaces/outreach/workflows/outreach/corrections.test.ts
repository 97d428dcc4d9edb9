import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Correction, corrected, withoutOverlaps } from './corrections.ts'

const text = 'abcdefghij'.repeat(4)
const correction = fc
  .tuple(fc.nat(text.length), fc.nat(6), fc.string({ maxLength: 8 }))
  .map(([start, length, replacement]): Correction => {
    const end = Math.min(text.length, start + length)
    return { kind: 'any', message: '', excerpt: text.slice(start, end), start, end, replacement }
  })

test('of corrections that overlap the first stays, and none that could stay is dropped', () => {
  fc.assert(
    fc.property(fc.array(correction, { maxLength: 10 }), (all) => {
      const chosen = withoutOverlaps(all)
      const apart = (a: Correction, b: Correction): boolean => a.end <= b.start || b.end <= a.start
      for (const one of chosen) expect(chosen.every((other) => other === one || apart(one, other))).toBe(true)
      for (const one of all) expect(chosen.includes(one) || chosen.some((other) => !apart(one, other))).toBe(true)
      expect(chosen[0]).toBe(all[0])
    }),
  )
})

test('corrections are made at their places, whatever the others make of the length', () => {
  fc.assert(
    fc.property(fc.array(correction, { maxLength: 10 }), (all) => {
      const chosen = withoutOverlaps(all).filter(({ start, end }) => start < end)
      let expected = ''
      let from = 0
      for (const { start, end, replacement } of chosen.toSorted((a, b) => a.start - b.start)) {
        expected += text.slice(from, start) + replacement
        from = end
      }
      expect(corrected(text, chosen)).toBe(expected + text.slice(from))
    }),
  )
})
