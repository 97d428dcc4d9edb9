import { expect, test } from 'vitest'
import { problemsOf } from './check.ts'
import { fits } from './fits.ts'
import { chosenOption } from './union.ts'

const pin = { type: 'string', minLength: 4, sensitive: true }
const mark = { $hidden: 'sensitive', at: '/pin', is: 'x' }
const card = { type: 'object', properties: { kind: { type: 'string' }, pin }, required: ['kind', 'pin'], additionalProperties: false }
const cash = { type: 'object', properties: { kind: { type: 'string' } }, required: ['kind'], additionalProperties: false }

test('a mark fits where its schema says that a value is sensitive, and nowhere else', () => {
  expect(fits(card, { kind: 'card', pin: mark }, card)).toBe(true)
  expect(fits(card, { kind: 'card', pin: 'abc' }, card)).toBe(false)
  expect(fits(card, { kind: mark, pin: 'abcd' }, card)).toBe(false)
  const tree = { $defs: { pin }, type: 'object', properties: { pin: { $ref: '#/$defs/pin' }, kids: { type: 'array', items: { $ref: '#' } } } }
  expect(fits(tree, { pin: mark, kids: [{ pin: mark }] }, tree)).toBe(true)
})

test('nothing is wrong with what is hidden, and what stands around it is looked at', () => {
  expect(problemsOf(card, { kind: 'card', pin: mark })).toEqual([])
  expect(problemsOf(card, { pin: mark })).toEqual([{ path: ['kind'], message: 'must be given' }])
  expect(chosenOption([cash, card], { kind: 'card', pin: mark }, {})).toBe(1)
})
