import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

test('what is JSON is read', () => expect(parseJson('{"a": [1, null]}')).toEqual({ value: { a: [1, null] } }))

test('a fault is found at its line', () => {
  const { problem } = parseJson('{\n  "a": 1,\n  "b" 2\n}')
  expect(problem).toMatchObject({ line: 3, column: 7 })
  expect(problem?.message).not.toContain('position')
})

test('a text that stops too soon is faulty at its end', () => {
  expect(parseJson('{\n  "a": [1').problem).toMatchObject({ line: 2 })
  expect(parseJson('  ').problem).toMatchObject({ message: 'Nothing is written here yet' })
})
