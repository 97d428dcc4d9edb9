import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentencesOf } from '../prose.ts'
import { clean, faulty } from './coherence.fixture.ts'
import { reviewCoherence } from './coherence.ts'
import { expectSound } from './laws.fixture.ts'

describe('the coherence reviewer', () => {
  it.each(faulty)('marks down: $text', (one) => {
    expect(reviewCoherence(one.text, one).score).toBeLessThanOrEqual(60)
  })

  it.each(clean)('leaves alone: $text', (one) => {
    expect(reviewCoherence(one.text, one).score).toBeGreaterThanOrEqual(90)
  })

  it('is the weighted mean that it says it is', () => {
    const text = 'The pilot is free. Bananas are yellow.\n\nThey grow fast.'
    const review = reviewCoherence(text, { subject: 'the pilot', keyPoints: ['the pilot is free', 'it runs in Berlin'] })
    // Continuity 1 of 2, coverage 1 and 0, frame 1 of 2.
    expect(review.score).toBe(50 * 0.5 + 30 * 0.5 + 20 * 0.5)
    expect(review.suggestions.map(({ kind, excerpt }) => [kind, excerpt])).toEqual([
      ['unlinked', 'Bananas are yellow.'],
      ['off-subject', 'They grow fast.'],
      ['missing', ''],
    ])
  })

  it('knows a word in another form', () => {
    const measure = { subject: 'your orders', keyPoints: ['we deliver ordered desks'] }
    expect(reviewCoherence('One desk was delivered as ordered.', measure).score).toBe(100)
  })

  it('has nothing to say against a single sentence that says it all', () => {
    expect(reviewCoherence('The pilot is free.', { subject: 'the pilot', keyPoints: ['the pilot is free'] }).score).toBe(100)
  })

  it('keeps the laws', () => expectSound((text) => reviewCoherence(text, { subject: 'your order', keyPoints: ['we was there'] })))

  it('never rewards a sentence of new words that nothing ties, behind whichever it is put', () => {
    const stranger = fc.constantFrom('Zebras graze.', 'Violins need varnish.', 'Glaciers calve.')
    fc.assert(
      fc.property(fc.constantFrom(...clean, ...faulty), stranger, fc.nat(), (one, sentence, place) => {
        const ends = sentencesOf(one.text).map(({ end }) => end)
        const at = ends[place % ends.length] ?? 0
        const longer = `${one.text.slice(0, at)} ${sentence} ${one.text.slice(at)}`.trim()
        expect(reviewCoherence(longer, one).score).toBeLessThanOrEqual(reviewCoherence(one.text, one).score)
      }),
    )
  })

  it('never rewards a key point left out', () => {
    for (const one of clean) {
      const more = { ...one, keyPoints: [...one.keyPoints, 'zebras graze near glaciers'] }
      expect(reviewCoherence(one.text, more).score).toBeLessThan(reviewCoherence(one.text, one).score)
    }
  })
})
