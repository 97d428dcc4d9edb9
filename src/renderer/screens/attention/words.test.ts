import { expect, test } from 'vitest'
import { inWords, sentence, titled } from './words.ts'

test.each([
  ['notReviewed', 'not reviewed'],
  ['did-not-happen', 'did not happen'],
  ['pass_mark', 'pass mark'],
  ['URL', 'URL'],
])('%s is read %s', (name, words) => expect(inWords(name)).toBe(words))

test('a line begins with a capital', () => expect(titled('sendBack')).toBe('Send back'))

test('what the engine says of why stands as a sentence', () => expect([sentence('it is optional'), sentence('May it?')]).toEqual(['It is optional.', 'May it?']))
