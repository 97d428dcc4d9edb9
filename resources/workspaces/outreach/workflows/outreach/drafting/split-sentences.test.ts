import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stemsOf } from '../prose.ts'
import { splitSentences } from './split-sentences.ts'

test.each([
  [
    'You need no new machines at all; the software reads your own numbers.',
    'You need no new machines at all. The software reads your own numbers.',
  ],
  [
    'The software reads your numbers, and your team can start at once, so the pilot begins in March.',
    'The software reads your numbers. Also, your team can start at once. So the pilot begins in March.',
  ],
  [
    'Your team asked for a report on costs, which adds two weeks to the project.',
    'Your team asked for a report on costs. This adds two weeks to the project.',
  ],
  ['We wanted to call you yesterday, but your line was busy all day.', 'We wanted to call you yesterday. But your line was busy all day.'],
  ['The offer is good — you can take it until the end of May.', 'The offer is good. You can take it until the end of May.'],
])('%s', (sentence, expected) => {
  expect(splitSentences(sentence)).toBe(expected)
})

test.each([
  'Salt and pepper stand on the table and wait.',
  'It works, so go.',
  'The desks, chairs and lamps come on Monday.',
  'You see the stock of both plants and the costs of each on one page.',
  'You see all that you have in stock, what it costs you, and the price that others ask.',
])('%s stays one, since its parts could not stand alone', (sentence) => {
  expect(splitSentences(sentence)).toBe(sentence)
})

test('nothing that a text says is lost', () => {
  const clause = fc.constantFrom('we send the report', 'the plant counts its stock', 'your team reads numbers', 'it costs nothing now')
  const joint = fc.constantFrom('; ', ', and ', ' and ', ', but ', ', so ', ', which ', ' – ', ', ')
  fc.assert(
    fc.property(clause, fc.array(fc.tuple(joint, clause), { maxLength: 4 }), (first, rest) => {
      const sentence = `${first}${rest.map((pair) => pair.join('')).join('')}.`
      expect(stemsOf(splitSentences(sentence))).toEqual(stemsOf(sentence))
    }),
  )
})
