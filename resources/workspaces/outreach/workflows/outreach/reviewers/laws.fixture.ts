/** Laws that hold for every reviewer, whatever it looks for. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Review } from '../review.ts'

/** Text with what trips readers of text: several paragraphs, lists, other scripts, marks, numbers, nothing. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('Thank you for your order.', 'We was there.', 'It is very very good!', '- a list', '東京 🦭', '\n\n', '3.5 %', '“Sic!”'),
      fc.string({ maxLength: 20 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '))

/** A review of any text has a score from 0 to 100, comes out the same again, and quotes what stands at its places. */
export async function expectSound(review: (text: string) => Review | Promise<Review>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const first = await review(text)
      expect(first.score).toBeGreaterThanOrEqual(0)
      expect(first.score).toBeLessThanOrEqual(100)
      for (const { start, end, excerpt } of first.suggestions) {
        expect(start).toBeLessThanOrEqual(end)
        expect(end).toBeLessThanOrEqual(text.length)
        expect(text.slice(start, end)).toBe(excerpt)
      }
      expect(await review(text)).toEqual(first)
    }),
  )
}

/** One more paragraph of nothing but a fault never makes a text better. */
export async function expectNoReward(
  review: (text: string) => Review | Promise<Review>,
  texts: readonly string[],
  faults: readonly string[],
): Promise<void> {
  const body = fc.shuffledSubarray([...texts], { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(...faults), fc.nat(), async (paragraphs, fault, place) => {
      const worse = paragraphs.toSpliced(place % (paragraphs.length + 1), 0, fault)
      const before = await review(paragraphs.join('\n\n'))
      const after = await review(worse.join('\n\n'))
      expect(after.score).toBeLessThanOrEqual(before.score)
    }),
  )
}
