import { expect, test } from 'vitest'
import { changesBetween, readEdit, writtenForm } from './edited.ts'

const takesAll = () => []

test('a text is edited as it is, anything else as JSON', () => {
  expect(writtenForm('a\nb')).toBe('a\nb')
  expect(writtenForm({ a: 1 })).toBe('{\n  "a": 1\n}')
})

test('what comes to the same is no edit', () => {
  expect(readEdit(null, 'a', takesAll)).toEqual({ state: 'untouched' })
  expect(readEdit('a', 'a', takesAll)).toEqual({ state: 'untouched' })
  expect(readEdit('{"b":2,"a":1}', { a: 1, b: 2 }, takesAll)).toEqual({ state: 'untouched' })
})

test('an edit is broken, or does not fit, or counts its changes', () => {
  expect(readEdit('{', {}, takesAll)).toMatchObject({ state: 'broken' })
  expect(readEdit('{"a":2}', { a: 1 }, () => [{ at: 'a', message: 'too large' }])).toMatchObject({ state: 'misfit', value: { a: 2 } })
  expect(readEdit('{"a":2}', { a: 1 }, takesAll)).toEqual({ state: 'good', value: { a: 2 }, changes: 1 })
})

test('changes are counted by place, not by line', () => {
  const text = Array.from({ length: 12 }, (_, line) => `line ${line}`)
  expect(changesBetween(text.join('\n'), text.with(0, 'x').with(1, 'y').with(9, 'z').join('\n'))).toBe(2)
})
