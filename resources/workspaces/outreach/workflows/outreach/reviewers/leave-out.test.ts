import { expect, test } from 'vitest'
import { corrected } from '../corrections.ts'
import { leaveOut } from './leave-out.ts'

/** The text without the word, or undefined where it is not to be left out. */
function without(text: string, word: string): string | undefined {
  const start = text.indexOf(word)
  const change = leaveOut(text, start, start + word.length)
  return change && corrected(text, [change])
}

test.each([
  ['Basically, we agree.', 'Basically', 'We agree.'],
  ['We agree. Frankly we do.', 'Frankly', 'We agree. We do.'],
  ['One.\n\nSurely, it works.', 'Surely', 'One.\n\nIt works.'],
  ['It is really good.', 'really', 'It is good.'],
  ['It is, frankly, good.', 'frankly', 'It is good.'],
  ['It works, actually.', 'actually', 'It works.'],
  ['the very best', 'very', 'the best'],
])('%s', (text, word, expected) => {
  expect(without(text, word)).toBe(expected)
})

test('a word behind an article is left to a person, since the article hangs on what follows', () => {
  expect(without('It is an extremely good day.', 'extremely')).toBeUndefined()
})

test('a text that is nothing else is left alone', () => {
  expect(without('Really', 'Really')).toBeUndefined()
})
