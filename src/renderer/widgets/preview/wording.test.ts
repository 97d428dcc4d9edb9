import { expect, test } from 'vitest'
import { StepId } from '../../../model/ids.ts'
import { shortKey, type Touch, touchInWords, traitsOf } from './wording.ts'

const send: Touch = { step: StepId.parse('send'), kind: 'email', phase: 'run', repeat: 'unsafe', summary: 'ana@example.com', certain: true, before: [] }
const titleOf = (step: StepId): string => step.toUpperCase()

test('what is touched is named with whom it reaches', () => {
  expect(touchInWords(send, titleOf)).toBe('A mail to \u2068ana@example.com\u2069, by “SEND”')
  expect(touchInWords({ ...send, kind: 'code', summary: null, phase: 'compensate' }, titleOf)).toBe('“SEND”, undone')
})

test('a program is named by its command line, as far as that is known', () => {
  const build: Touch = { ...send, kind: 'shell', summary: './deploy.sh prod' }
  expect(touchInWords(build, titleOf)).toBe('The program \u2068./deploy.sh prod\u2069, run by “SEND”')
  expect(touchInWords({ ...build, summary: null }, titleOf)).toBe('A program, run by “SEND”')
  expect(touchInWords({ ...build, summary: null, phase: 'compensate' }, titleOf)).toBe('“SEND”, undone')
})

test('what is not certain says so, and so does what is never repeated', () => {
  expect(traitsOf(send)).toEqual(['never repeated by guess'])
  expect(traitsOf({ certain: false, repeat: 'safe' })).toEqual(['perhaps'])
})

test('a key is named by the end of its run', () => {
  expect(shortKey('ABCDEFGHIJ/send/1/1')).toBe('EFGHIJ/send/1/1')
})
