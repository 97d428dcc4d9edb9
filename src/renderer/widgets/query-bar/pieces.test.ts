import fc from 'fast-check'
import { expect, test } from 'vitest'
import { format } from '../../../model/query/format.ts'
import { parse } from '../../../model/query/parse.ts'
import { randomTerms } from '../../../model/query/query.fixture.ts'
import { mended, piecesOf } from './pieces.ts'

test('names, values and signs are told apart', () => {
  expect(piecesOf('-status:failed,paused "two words"')).toEqual([
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
  const wrong = piecesOf('workflow:a status:faild').filter((piece) => piece.wrong)
  expect(wrong).toEqual([{ text: 'faild', kind: 'value', wrong: true }])
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
      expect(piecesOf(query).map(({ text }) => text).join('')).toBe(query)
    }),
  )
})
