import { describe, expect, it } from 'vitest'
import type { Review } from '../review.ts'
import { expectNoReward, expectSound } from './laws.fixture.ts'
import { clean, faulty } from './style.fixture.ts'
import { reviewStyle } from './style.ts'

const review = (text: string): Review => reviewStyle(text, { tone: 'plain', vocabulary: [] })

describe('the style reviewer', () => {
  it.each(faulty)('marks down: %s', (text) => {
    expect(review(text).score).toBeLessThanOrEqual(80)
  })

  it.each(clean)('leaves alone: %s', (text) => {
    expect(review(text).score).toBeGreaterThanOrEqual(95)
  })

  it('minds contractions in a formal letter only', () => {
    const text = "We can't come, and we're sorry."
    expect(review(text).suggestions).toEqual([])
    const { suggestions } = reviewStyle(text, { tone: 'formal', vocabulary: [] })
    expect(suggestions.map(({ replacement }) => replacement)).toEqual(['cannot', 'we are'])
  })

  it('does not take a name in capitals for shouting', () => {
    expect(review('NORTHWIND writes to you.').suggestions).toMatchObject([{ kind: 'shouting' }])
    expect(reviewStyle('NORTHWIND writes to you.', { tone: 'plain', vocabulary: ['NORTHWIND'] }).suggestions).toEqual([])
  })

  it('leaves it to a person to choose words for people', () => {
    const { suggestions } = review('Our guys are on their way.')
    expect(suggestions).toMatchObject([{ kind: 'exclusive', excerpt: 'guys' }])
    expect(suggestions[0]).not.toHaveProperty('replacement')
  })

  it('keeps the laws', () => expectSound(review))

  it('never rewards a fault', () =>
    expectNoReward(review, clean, ['It is really good.', 'The offer was sent by us.', 'Our guys agree.', 'Buy it NOW OR NEVER!!']))
})
