import { describe, expect, it } from 'vitest'
import type { Review } from '../review.ts'
import { clean, faulty } from './clarity.fixture.ts'
import { reviewClarity } from './clarity.ts'
import { expectNoReward, expectSound } from './laws.fixture.ts'

const review = (text: string): Review => reviewClarity(text, { readerAge: 16, words: 1_000 })

describe('the clarity reviewer', () => {
  it.each(faulty)('marks down: %s', (text) => {
    expect(review(text).score).toBeLessThanOrEqual(80)
  })

  it.each(clean)('leaves alone: %s', (text) => {
    expect(review(text).score).toBeGreaterThanOrEqual(95)
  })

  it('keeps the capital of what it makes shorter', () => {
    const { suggestions } = review('In order to start, we utilize it.')
    expect(suggestions.map(({ replacement }) => replacement)).toEqual(['To', 'use'])
  })

  it('asks more of a text for younger readers', () => {
    const text = 'The committee approved the additional documentation requirements for international suppliers.'
    const [young, old] = [10, 40].map((readerAge) => reviewClarity(text, { readerAge, words: 200 }).score)
    expect(young).toBeLessThan(old ?? 0)
  })

  it('minds a text that is longer than was asked for', () => {
    const text = 'The project is on time.'
    expect(reviewClarity(text, { readerAge: 16, words: 5 }).score).toBe(100)
    expect(reviewClarity(text, { readerAge: 16, words: 4 })).toMatchObject({ score: 90, suggestions: [{ kind: 'long' }] })
  })

  it('keeps the laws', () => expectSound(review))

  it('never rewards a fault', () => expectNoReward(review, clean, faulty))
})
