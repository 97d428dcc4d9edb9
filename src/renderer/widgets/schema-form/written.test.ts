import { expect, test } from 'vitest'
import { problemsOfWritten, readWritten, writtenText } from './written.ts'

const schema = { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] }

test('a value stands as JSON, and what is written stands as it is', () => {
  expect(writtenText({ value: undefined, written: null })).toBe('')
  expect(writtenText({ value: { to: 'ana' }, written: null })).toBe('{\n  "to": "ana"\n}')
  expect(writtenText({ value: 1, written: '{"to' })).toBe('{"to')
})

test('what cannot be read yet leaves the value as it was', () => {
  expect(readWritten('{"to": "eve"}', 1)).toEqual({ value: { to: 'eve' }, written: '{"to": "eve"}' })
  expect(readWritten('null', 1)).toEqual({ value: null, written: 'null' })
  expect(readWritten('{"to"', 1)).toEqual({ value: 1, written: '{"to"' })
})

test('the text is looked at first, then the value', () => {
  expect(problemsOfWritten(schema, { value: { to: 'ana' }, written: '{' })[0]?.message).toMatch(/^is no JSON: line 1/)
  expect(problemsOfWritten(schema, { value: {}, written: '{}' })).toEqual([{ path: ['to'], message: 'must be given' }])
  expect(problemsOfWritten(null, { value: { any: 1 }, written: null })).toEqual([])
})
