import { describe, expect, it } from 'vitest'
import { reviewGrammar } from './grammar.ts'
import { clean, faulty } from './grammar.fixture.ts'
import { expectNoReward, expectSound } from './laws.fixture.ts'
import type { Review } from '../review.ts'

const review = (text: string): Promise<Review> => reviewGrammar(text, { locale: 'en-US', vocabulary: [] })

describe('the grammar reviewer', () => {
  it.each(faulty)('marks down: %s', async (text) => {
    expect((await review(text)).score).toBeLessThanOrEqual(80)
  })

  it.each(clean)('leaves alone: %s', async (text) => {
    expect((await review(text)).score).toBeGreaterThanOrEqual(95)
  })

  it('offers the nearest word, not the first one that the dictionary has', async () => {
    const { suggestions } = await review('We are sorry for the inconvienence, and recieve your letter.')
    expect(suggestions.map(({ replacement }) => replacement)).toEqual(['inconvenience', 'receive'])
  })

  it('offers nothing where a rule only guesses', async () => {
    const { suggestions } = await review('She needs more informations.')
    expect(suggestions).toMatchObject([{ excerpt: 'informations' }])
    expect(suggestions[0]).not.toHaveProperty('replacement')
  })

  it('spells as the locale does', async () => {
    const text = 'Our favourite colour is organised by the programme.'
    expect((await reviewGrammar(text, { locale: 'en-GB', vocabulary: [] })).score).toBe(100)
    expect((await review(text)).score).toBeLessThan(80)
  })

  it('takes names for names', async () => {
    const text = 'Contoso and Priya Nair meet in Lisbon.'
    const { suggestions } = await reviewGrammar(text, { locale: 'en-US', vocabulary: ['Contoso', 'Priya Nair'] })
    expect(suggestions).toEqual([])
    expect((await review(text)).suggestions).not.toEqual([])
  })

  it('counts places as strings do, behind characters of two units too', async () => {
    const { suggestions } = await review('Good news 😀🦭: we recieve it.')
    expect(suggestions).toMatchObject([{ excerpt: 'recieve', replacement: 'receive' }])
  })

  it('keeps the laws', () => expectSound(review))

  it('never rewards a fault', () => expectNoReward(review, clean, ['We has recieved it.', 'Its a offer.', 'They should of called.']))
})
