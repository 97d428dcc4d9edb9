import { expect, test } from 'vitest'
import { GivenAnswers, parseAnswer } from './answers.ts'

test('an answer names an action, or a step and an action', () => {
  expect(parseAnswer('approve')).toEqual({ step: null, action: 'approve' })
  expect(parseAnswer('review=did-not-happen')).toEqual({ step: 'review', action: 'did-not-happen' })
  for (const text of ['', ' ', 'a b', 'review=']) expect(() => parseAnswer(text)).toThrow('--decide')
})

test('an answer for a step is used once and in order, one for any step as often as it is asked for', () => {
  const answers = new GivenAnswers(['review=revise', 'approve', 'review=reject'].map(parseAnswer))
  expect(['review', 'other', 'review', 'review', 'other'].map((step) => answers.next(step))).toEqual([
    'revise',
    'approve',
    'reject',
    'approve',
    'approve',
  ])
  expect(new GivenAnswers([parseAnswer('review=revise')]).next('other')).toBeUndefined()
})
