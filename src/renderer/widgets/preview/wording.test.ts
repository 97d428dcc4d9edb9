import { expect, test } from 'vitest'
import { StepId } from '../../../model/ids.ts'
import { shortKey, type Touch, touchInWords, traitsOf } from './wording.ts'

const send: Touch = { step: StepId.parse('send'), kind: 'email', phase: 'run', repeat: 'unsafe', summary: 'ana@example.com', certain: true }
const titleOf = (step: StepId): string => step.toUpperCase()

test('what is touched is named with whom it reaches', () => {
  expect(touchInWords(send, titleOf)).toBe('A mail to \u2068ana@example.com\u2069, by “SEND”')
  expect(touchInWords({ ...send, kind: 'code', summary: null, phase: 'compensate' }, titleOf)).toBe('“SEND”, undone')
})

test('what is not certain says so, and so does what is never repeated', () => {
  expect(traitsOf(send)).toEqual(['never repeated by guess'])
  expect(traitsOf({ certain: false, repeat: 'safe' })).toEqual(['perhaps'])
})

test('a key is named by the end of its run', () => {
  expect(shortKey('ABCDEFGHIJ/send/1/1')).toBe('EFGHIJ/send/1/1')
})
