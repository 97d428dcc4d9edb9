import { expect, test } from 'vitest'
import { approvalStep, codeStep } from '../../model/manifest.fixture.ts'
import { assertStepsThere, GivenAnswers, parseAnswer } from './answers.ts'

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

test('an answer for a step that is not there is refused, and told which steps ask', () => {
  const steps = [codeStep('draft'), approvalStep('review', ['draft'])]
  const given = ['approve', 'reveiw=approve'].map(parseAnswer)
  expect(() => assertStepsThere(given, steps, 'letter')).toThrow('--decide reveiw=approve: letter has no step reveiw; review asks a person')
  expect(() => assertStepsThere(given, steps.slice(0, 1), 'letter')).toThrow('its steps are draft')
  expect(() => assertStepsThere(['review=approve', 'approve', 'draft=retry'].map(parseAnswer), steps, 'letter')).not.toThrow()
})
