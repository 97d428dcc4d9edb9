import fc from 'fast-check'
import { expect, test } from 'vitest'
import { format } from '../../../model/query/format.ts'
import { parse } from '../../../model/query/parse.ts'
import { randomTerms } from '../../../model/query/query.fixture.ts'
import { mended, outsideWord, piecesOf } from './pieces.ts'

test('names, values and signs are told apart', () => {
  expect(piecesOf('-status:failed,paused "two words"', [])).toEqual([
    { text: '-', kind: 'sign', wrong: false },
    { text: 'status:', kind: 'name', wrong: false },
    { text: 'failed', kind: 'value', wrong: false },
    { text: ',', kind: 'sign', wrong: false },
    { text: 'paused', kind: 'value', wrong: false },
    { text: ' ', kind: 'gap', wrong: false },
    { text: '"two words"', kind: 'value', wrong: false },
  ])
})

test('what a problem is about is marked, and nothing else', () => {
  const query = 'workflow:a status:faild'
  const wrong = piecesOf(query, parse(query).problems).filter((piece) => piece.wrong)
  expect(wrong).toEqual([{ text: 'faild', kind: 'value', wrong: true }])
})

test.each([
  ['status:f', 8, []],
  ['statu:failed', 12, []],
  ['workflow:a "two wor', 19, []],
  ['status:f ', 9, ['f']],
  ['status:f workflow:a', 19, ['f']],
  ['status:f duration:x', 19, ['f']],
  ['status:f duration:x', 8, ['x']],
])('of %j with the caret at %d what is wrong is %j, for the word at the caret is still being typed', (query, caret, wrong) => {
  const spans = outsideWord(parse(query).problems, query, caret).map(({ span }) => query.slice(span.from, span.to))
  expect(spans).toEqual(wrong)
})

test('a problem that says what was meant mends the query', () => {
  const query = 'status:faild workflow:a'
  const [problem] = parse(query).problems
  expect(problem === undefined ? undefined : mended(query, problem)).toBe('status:failed workflow:a')
})

test('whatever is typed, no character is lost or doubled', () => {
  const typed = fc.oneof(fc.string({ maxLength: 60 }), randomTerms.map(format))
  fc.assert(
    fc.property(typed, (query) => {
      expect(piecesOf(query, parse(query).problems).map(({ text }) => text).join('')).toBe(query)
    }),
  )
})
