import { describe, expect, it } from 'vitest'
import { finalise, needsAnotherDraft, type Reviews } from './finalise.ts'
import type { Review, Reviewer, Suggestion } from './review.ts'
import { draftOf, inputOf } from './walk.fixture.ts'
import { routeTask } from './route.ts'

const route = routeTask(inputOf({ audience: 'partner' }))
const draft = { ...draftOf({ audience: 'partner' }), greeting: 'Hello,', body: 'We recieve it in order to help.', signOff: 'Jo' }

function remark(excerpt: string, replacement?: string): Suggestion {
  const start = draft.body.indexOf(excerpt)
  const place = { kind: 'any', message: 'm', excerpt, start, end: start + excerpt.length }
  return replacement === undefined ? place : { ...place, replacement }
}

const review = (reviewer: Reviewer, score: number, suggestions: Suggestion[] = []): Review => ({ reviewer, score, suggestions })

function reviews(scores: readonly [number, number, number, number]): Reviews {
  const [grammar, style, clarity, coherence] = scores
  return {
    grammar: review('grammar', grammar),
    style: review('style', style),
    clarity: review('clarity', clarity),
    coherence: review('coherence', coherence),
  }
}

describe('finalise', () => {
  it('weighs the scores as the route says', () => {
    const { quality, scores } = finalise(draft, route, reviews([90, 80, 70, 60]))
    expect(quality).toBe(90 * 0.3 + 80 * 0.2 + 70 * 0.3 + 60 * 0.2)
    expect(scores).toEqual({ grammar: 90, style: 80, clarity: 70, coherence: 60 })
  })

  it('goes by the others where a reviewer gave no answer, and says so', () => {
    const final = finalise(draft, route, { ...reviews([90, 80, 70, 60]), grammar: undefined })
    expect(final.quality).toBeCloseTo((80 * 0.2 + 70 * 0.3 + 60 * 0.2) / 0.7, 1)
    expect(final).toMatchObject({ missing: ['grammar'], scores: { grammar: null } })
  })

  it('claims no quality where nobody answered, and does not go back for one', () => {
    const final = finalise(draft, route, { grammar: undefined, style: undefined, clarity: undefined, coherence: undefined })
    expect(final).toMatchObject({ quality: null, missing: ['grammar', 'style', 'clarity', 'coherence'], below: [] })
    expect(needsAnotherDraft(final, draft)).toBe(false)
  })

  it('makes corrections, the one of the first reviewer where two want the same words', () => {
    const final = finalise(draft, route, {
      ...reviews([90, 90, 90, 90]),
      grammar: review('grammar', 90, [remark('recieve', 'receive')]),
      style: review('style', 90, [remark('recieve it', 'get it'), remark('help')]),
      clarity: review('clarity', 90, [remark('in order to', 'to')]),
    })
    expect(final.body).toBe('Hello,\n\nWe receive it to help.\n\nJo')
    expect(final.applied.map(({ reviewer, replacement }) => [reviewer, replacement])).toEqual([
      ['grammar', 'receive'],
      ['clarity', 'to'],
    ])
    expect(final.remaining.map(({ reviewer, excerpt }) => [reviewer, excerpt])).toEqual([
      ['style', 'recieve it'],
      ['style', 'help'],
    ])
  })

  it('names the reviewers that are below what the route asks for', () => {
    expect(finalise(draft, route, reviews([84, 80, 79, 100])).below).toEqual(['grammar', 'clarity'])
  })

  it.each([
    [79.9, true],
    [80, false],
  ])('asks for another draft at a quality of %d: %s', (score, again) => {
    const final = finalise(draft, route, reviews([score, score, score, score]))
    expect(needsAnotherDraft(final, draft)).toBe(again)
    expect(needsAnotherDraft(final, { ...draft, source: 'person' })).toBe(false)
  })
})
